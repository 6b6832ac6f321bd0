import type { Reading } from '../frameworks/api';
import { Places, type Version } from '../python/places';
import type { SourceRange } from '../python/source';
import type { CallExpression, Expression, Node, Statement } from '../python/syntax';
import { everyStatement } from '../python/walk';
import type { LayerRecorder, MadeLayer } from './layerRecorder';
import { usesOf, type LayerUse } from './layerUse';
import { buildModels, type Model } from './models';
import { Pages } from './page';
import { distinctUses, unknowns, type TensorRecorder, type TensorUse } from './tensorRecorder';

/** A tensor at one place of the source. */
export interface TensorPlace {
  /** The name, attribute or parameter; of a call what is called. */
  readonly range: SourceRange;
  /** `result`: what a call gives back. `assigned`: a name that is bound to it. */
  readonly kind: 'name' | 'assigned' | 'result';
  /** One for each different context, those first of which most is known. */
  readonly uses: readonly TensorUse[];
}

/** What a function gives back, where that is a tensor or several. */
export type ReturnedPlace = Pick<TensorPlace, 'range' | 'uses'>;

/** A call that makes a layer, transposed or not, with what it does to shapes. */
export interface LayerPlace {
  readonly range: SourceRange;
  /** What is called. */
  readonly callee: SourceRange;
  /** Qualified name: `torch.nn.Conv2d`. */
  readonly name: string;
  /** Of a transposed convolution. */
  readonly reading: Reading | undefined;
  /** One for each different context, those first of which most is known. */
  readonly uses: readonly LayerUse[];
}

/**
 * What flows through the models of a document: tensors, layers, and models as wholes. Each is worked out when
 * it is asked for first.
 */
export class Flow {
  /** Of a document that is not analysed. */
  static readonly none = new Flow(new Pages([]), [], { places: new Places([]), text: () => '' });

  private knownTensors: readonly TensorPlace[] | undefined;
  private knownReturned: readonly ReturnedPlace[] | undefined;
  private knownLayers: readonly LayerPlace[] | undefined;
  private knownModels: readonly Model[] | undefined;

  constructor(
    private readonly recorded: Pages,
    private readonly statements: readonly Statement[],
    private readonly version: Version,
    /** Why some of it may be missing: a bound on the work was reached. */
    readonly cutOff?: string | undefined,
  ) {}

  /** In source order, outer before inner ones. */
  get tensors(): readonly TensorPlace[] {
    return this.knownTensors ??= tensorPlaces(this.recorded.tensors, this.statements, this.version.places);
  }

  /** In source order. */
  get returned(): readonly ReturnedPlace[] {
    return this.knownReturned ??= returnedPlaces(this.recorded.tensors, this.statements, this.version.places);
  }

  /** In source order. */
  get layers(): readonly LayerPlace[] {
    return this.knownLayers ??= layerPlaces(this.recorded.modelLayers, this.version.places);
  }

  /** In source order. */
  get models(): readonly Model[] {
    return this.knownModels ??= buildModels(this.recorded.modelLayers, this.recorded.tensors, this.statements, this.version);
  }
}

function tensorPlaces(recorder: TensorRecorder, statements: readonly Statement[], places: Places): readonly TensorPlace[] {
  const targets = assignedNodes(statements);
  const found: TensorPlace[] = [];
  for (const [node, tensors] of recorder.all) {
    if (node.chunk.file !== undefined) continue;
    if (!isPlace(node)) continue;
    const call = isCall(node) ? node : undefined;
    const kind = call !== undefined ? 'result' : targets.has(node) ? 'assigned' : 'name';
    found.push({ range: places.rangeOf(call?.callee ?? nameOf(node)), kind, uses: distinctUses(tensors) });
  }
  return found.sort((a, b) => compareRanges(a.range, b.range));
}

function returnedPlaces(recorder: TensorRecorder, statements: readonly Statement[], places: Places): readonly ReturnedPlace[] {
  return [...everyStatement(statements)].flatMap((statement): ReturnedPlace[] => {
    const value = statement.kind === 'return' ? statement.value : undefined;
    const tensors = value === undefined ? undefined : recorder.all.get(value);
    return value === undefined || tensors === undefined ? [] : [{ range: places.rangeOf(value), uses: distinctUses(tensors) }];
  });
}

function layerPlaces(recorder: LayerRecorder, places: Places): readonly LayerPlace[] {
  const byCall = new Map<CallExpression, MadeLayer[]>();
  for (const layer of recorder.made) {
    if (layer.call.chunk.file !== undefined) continue;
    const all = byCall.get(layer.call);
    if (all === undefined) byCall.set(layer.call, [layer]);
    else all.push(layer);
  }
  return [...byCall].map(([call, layers]): LayerPlace => ({
    range: places.rangeOf(call), callee: places.rangeOf(call.callee),
    name: layers[0]?.name ?? '', reading: layers[0]?.reading,
    uses: layers.flatMap(layer => usesOf(layer, recorder)).sort((a, b) => unknowns(a.output) - unknowns(b.output)),
  })).sort((a, b) => compareRanges(a.range, b.range));
}

/** The names to which statements assign. */
function assignedNodes(statements: readonly Statement[]): ReadonlySet<Node> {
  const nodes = new Set<Node>();
  const add = (target: Expression): void => {
    if (target.kind === 'sequence') for (const item of target.items) add(item);
    else if (target.kind === 'starred') add(target.value);
    else nodes.add(target);
  };
  for (const statement of everyStatement(statements)) {
    if (statement.kind === 'assign') for (const target of statement.targets) add(target);
    if (statement.kind === 'augmented') add(statement.target);
  }
  return nodes;
}

/** Whether a node is one at which a pointer can be: a name or what is called. */
function isPlace(node: Node): boolean {
  return !('kind' in node) || node.kind === 'name' || node.kind === 'attribute' || node.kind === 'call' || node.kind === 'subscript' || node.kind === 'starred';
}

function isCall(node: Node): node is CallExpression {
  return 'kind' in node && node.kind === 'call';
}

/** A parameter's name without its annotation and default; else the node itself. */
function nameOf(node: Node): Node {
  if ('kind' in node || !('name' in node) || typeof node.name !== 'string' || !('star' in node) || typeof node.star !== 'string') return node;
  const from = node.from + node.star.length;
  return { from, to: from + node.name.length, chunk: node.chunk };
}

function compareRanges(a: SourceRange, b: SourceRange): number {
  return a.cell - b.cell || a.from - b.from || b.to - a.to;
}
