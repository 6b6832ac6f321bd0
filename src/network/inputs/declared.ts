import { compare } from '../../algebra/bounds';
import { type Int, type SymbolAtom } from '../../algebra/integer';
import { substitute } from '../../algebra/substitute';
import { format } from '../../algebra/format';
import type { Shape } from '../../frameworks/argument';
import { pathFrom, type KnownFiles } from '../../python/files';
import type { Machine, Site } from '../../python/machine';
import { parsedModule } from '../../python/modules';
import type { ParsedCell } from '../../python/parse';
import type { Scope } from '../../python/scope';
import type { CallExpression, FunctionStatement, Parameter } from '../../python/syntax';
import type { FunctionValue, Value } from '../../python/values';
import type { Notes, Subject } from '../notes';
import { hostValue, type Tensor } from '../values';
import { annotatedShape } from './annotation';
import { configurationPath, readDeclarations, type Declaration } from './comments';
import { configurationValue, readConfiguration } from './configuration';
import { CommentPlaces } from './placement';
import { declaredPrefix, parseShape, resolveShape, type DeclaredShape, type WrittenShape } from './writtenShape';

/** A shape that somebody wrote down, and where. */
interface Declared {
  readonly written: WrittenShape;
  readonly subject: Subject;
  readonly from: 'annotation' | 'comment';
  readonly name: string;
}

/**
 * What the author says of inputs: shapes in annotations and comments, configuration files in comments.
 * What is said fills in what the code does not tell; where the two differ, that is noted and the code counts.
 */
export class DeclaredInputs {
  private readonly parameters = new Map<Parameter, Declared | undefined>();
  private readonly functions = new Map<FunctionStatement, readonly Declaration[]>();
  private readonly layers = new Map<CallExpression, Declared>();
  /** Configurations, by the name that they are bound to everywhere in the source. */
  private readonly configurations = new Map<string, unknown>();
  private readonly bindings = new WeakMap<Scope, Map<string, Int>>();
  /** Imported files of which the comments have been read. */
  private readonly imported = new Set<string>();

  /** @param path of the source, which files that comments name are relative to. */
  constructor(cells: readonly (ParsedCell | undefined)[], private readonly notes: () => Notes, private readonly files: KnownFiles, private readonly path: string) {
    for (const cell of cells) if (cell !== undefined && cell.comments.length > 0) this.readComments(cell);
  }

  /** What a parameter is when `passed` is passed for it. */
  parameter(callee: FunctionValue, parameter: Parameter, passed: Value, known: Tensor | undefined, scope: Scope, machine: Machine): Value {
    // What is only a default, in a function that nobody calls, says nothing of the shape.
    const open = passed.kind === 'unknown' || (passed.kind === 'none' && passed.assumed !== undefined);
    if (!open && known === undefined) return passed;
    const configuration = open && known === undefined ? this.configuration(parameter.name, machine) : undefined;
    if (configuration !== undefined) return configuration;
    const declared = this.declaredFor(callee, parameter, machine);
    if (declared === undefined) return passed;
    const shape = resolveShape(declared.written, name => machine.evaluate(name, callee.scope));
    const bindings = this.bindings.get(scope) ?? new Map<string, Int>();
    this.bindings.set(scope, bindings);
    const input = this.combine(declared, shape, known, bindings, machine.site(callee.node));
    return input === undefined ? passed : hostValue(input);
  }

  /** The input that a comment on its line gives to a layer made, or a function called, at `call`; the code says `known` of it. */
  ofApplied(call: CallExpression | undefined, known: Tensor | undefined, site: Site): Tensor | undefined {
    if (call !== undefined) this.readImported(call.chunk.file);
    const declared = call === undefined ? undefined : this.layers.get(call);
    return declared === undefined ? undefined : this.combine(declared, resolveShape(declared.written, () => undefined), known, new Map(), site);
  }

  /** The configuration that a comment binds to a name. */
  configuration(name: string, machine: Machine): Value | undefined {
    const data = this.configurations.get(name);
    return data === undefined ? undefined : configurationValue(data, machine);
  }

  /** What is declared and what the code says, together. `undefined`: nothing more than the code says. */
  private combine(declared: Declared, shape: DeclaredShape, known: Tensor | undefined, bindings: Map<string, Int>, site: Site): Tensor | undefined {
    const met = meet(shape, known?.shape, bindings);
    // What another layer implied is only a guess; what is said counts more.
    if (met === 'conflict' && known?.implied !== true) {
      this.contradicted(declared, shape, known?.shape ?? [], site);
      return undefined;
    }
    const origin = { source: `the ${declared.from} of ${declared.name}`, layers: known?.origin?.layers ?? [] };
    const fromCode = met !== 'conflict' && met !== undefined && known?.implied !== true;
    if (fromCode) return { type: 'tensor', shape: met, origin: known?.origin ?? origin };
    const said = met === 'conflict' || met === undefined ? shape.sizes.map(size => substitute(size, symbol => bindings.get(symbol.key))) : met;
    return shape.open === undefined ? { type: 'tensor', shape: said, origin } : undefined;
  }

  private declaredFor(callee: FunctionValue, parameter: Parameter, machine: Machine): Declared | undefined {
    if (this.parameters.has(parameter)) return this.parameters.get(parameter);
    const declared = this.annotated(callee, parameter, machine) ?? this.commented(callee, parameter);
    this.parameters.set(parameter, declared);
    return declared;
  }

  private annotated(callee: FunctionValue, { annotation, name }: Parameter, machine: Machine): Declared | undefined {
    const written = annotation === undefined ? undefined : annotatedShape(annotation, machine, callee.scope);
    return annotation === undefined || written === undefined ? undefined : { written, subject: annotation, from: 'annotation', name };
  }

  private commented({ node }: FunctionValue, { name }: Parameter): Declared | undefined {
    this.readImported(node.chunk.file);
    const declaration = node.kind === 'function' ? this.functions.get(node)?.find(each => each.name === name) : undefined;
    return declaration === undefined ? undefined : asDeclared(declaration);
  }

  private readComments(cell: ParsedCell): void {
    const places = new CommentPlaces(cell);
    for (const comment of cell.comments) {
      const { declarations, unread } = readDeclarations(comment);
      for (const each of unread) this.notes().comment(each.range, each.message);
      for (const declaration of declarations) {
        const message = this.place(declaration, comment.range.from, places);
        if (message !== undefined) this.notes().comment(declaration.range, message);
      }
    }
  }

  /** Shapes only: a configuration is bound to its name everywhere in one source. What is wrong there is told there. */
  private readImported(file: string | undefined): void {
    if (file === undefined || this.imported.has(file)) return;
    this.imported.add(file);
    const text = this.files.read(file);
    if (text === undefined) return;
    const cell = parsedModule(this.files.all, file, text);
    if (cell.comments.length === 0) return;
    const places = new CommentPlaces(cell);
    for (const comment of cell.comments) for (const declaration of readDeclarations(comment).declarations) {
      if (configurationPath(declaration) === undefined) this.place(declaration, comment.range.from, places);
    }
  }

  /** Finds what a declaration is about. What is wrong with it, if anything. */
  private place(declaration: Declaration, at: number, places: CommentPlaces): string | undefined {
    const path = configurationPath(declaration);
    if (path !== undefined) return this.readFile(declaration.name, path);
    if (asDeclared(declaration) === undefined) return `This comment is not understood: a shape is written as \`${declaration.name} = (N, 3, 64, 64)\`.`;
    const owner = places.functionAt(at);
    if (owner !== undefined) {
      if (!owner.parameters.some(parameter => parameter.name === declaration.name)) return `\`${owner.name}\` has no parameter \`${declaration.name}\`.`;
      this.functions.set(owner, [...this.functions.get(owner) ?? [], declaration]);
      return undefined;
    }
    const layer = places.layerAt(at);
    const declared = asDeclared(declaration);
    if (layer === undefined || declared === undefined) return 'This comment gives a shape, but stands neither at a function nor at a layer.';
    this.layers.set(layer, declared);
    return undefined;
  }

  private readFile(name: string, written: string): string | undefined {
    const path = pathFrom(this.path, written);
    const text = path === undefined ? undefined : this.files.read(path);
    if (text === undefined) return `The file \`${written}\` is not found.`;
    const data = readConfiguration(written, text);
    if (data === null || typeof data !== 'object') return `The file \`${written}\` cannot be read.`;
    this.configurations.set(name, data);
    return undefined;
  }

  private contradicted(declared: Declared, shape: DeclaredShape, found: Shape, site: Site): void {
    const call = site.path.at(-1);
    this.notes().note(site, {
      kind: 'input-shape-mismatch', certain: true, quote: undefined,
      message: `The ${declared.from} says that ${declared.name} is ${declaredText(shape)}, but the code passes ${shapeText(found)}. The code's shape is used.`,
      related: call === undefined ? [] : [{ subject: call, message: `Here ${declared.name} is ${shapeText(found)}.` }],
    }, declared.subject);
  }
}

function asDeclared({ name, text, range }: Declaration): Declared | undefined {
  const written = parseShape(text);
  return written === undefined ? undefined : { written, subject: range, from: 'comment', name };
}

/**
 * What the declared and the actual shape say together. Symbols of the declared one are bound to the actual
 * sizes, and mean them in what is declared next. `undefined`: nothing is known of the actual shape.
 */
function meet(declared: DeclaredShape, actual: Shape | undefined, bindings: Map<string, Int>): Shape | 'conflict' | undefined {
  if (actual === undefined) return undefined;
  const { sizes, open } = declared;
  const gap = actual.length - sizes.length - (open?.length ?? 0);
  if (gap < 0 || (open === undefined && gap > 0)) return 'conflict';
  let conflict = false;
  const one = (said: Int | undefined, found: Int): Int => {
    if (said === undefined) return found;
    const own = declaredSymbol(said);
    if (own !== undefined && !bindings.has(own)) {
      if (found.known) bindings.set(own, found);
      return found.known ? found : said;
    }
    const meant = substitute(said, (symbol: SymbolAtom) => bindings.get(symbol.key));
    if (compare(meant, found) === 'different') conflict = true;
    return meant.known ? meant : found;
  };
  const shape = actual.map((found, axis) => {
    const after = axis - sizes.length - gap;
    return one(axis < sizes.length ? sizes[axis] : after >= 0 ? open?.[after] : undefined, found);
  });
  return conflict ? 'conflict' : shape;
}

/** The key of a size that is a written name and nothing else. */
function declaredSymbol(size: Int): string | undefined {
  const [term, ...others] = size.terms;
  const [factor, ...more] = term?.factors ?? [];
  const plain = term?.coefficient === 1 && others.length === 0 && more.length === 0;
  return plain && factor?.kind === 'symbol' && factor.key.startsWith(declaredPrefix) ? factor.key : undefined;
}

function declaredText({ sizes, open }: DeclaredShape): string {
  if (open === undefined) return shapeText(sizes);
  return `(${[...sizes.map(sizeText), '…', ...open.map(sizeText)].join(', ')})`;
}

function shapeText(shape: Shape): string {
  return `(${shape.map(sizeText).join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function sizeText(size: Int): string {
  return size.known ? format(size, { times: '·' }) : '?';
}
