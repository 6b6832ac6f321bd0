import type { Layer } from '../network/layer';
import type { Construction, Model, ModelItem, ModelLayer } from '../network/models';
import type { SourceRange } from '../python/source';
import { layerRow, parametersText, shapesLine, shortName, type Verdict } from '../report/flowText';
import { isRejected, shapeText } from '../report/sizes';

/** A row of the view: plain data, so that it can be tested without an editor. */
export interface ModelNode {
  /** The same for the same row while the text changes elsewhere. */
  readonly id: string;
  readonly label: string;
  /** Shape, parameters and overlap, in words. */
  readonly description: string;
  readonly details: readonly string[];
  readonly icon: string;
  /** Only warnings and errors have one: the icon says the same. */
  readonly colour: string | undefined;
  /** Where it leads; `undefined` where it has no place. */
  readonly range: SourceRange | undefined;
  readonly parent: ModelNode | undefined;
  readonly children: readonly ModelNode[];
  /** Whether it is open at first. */
  readonly open: boolean;
}

/** How a row looks. */
type Face = Pick<ModelNode, 'description' | 'details' | 'icon'> & { readonly colour?: string | undefined };

interface Draft extends Pick<ModelNode, 'label' | 'range' | 'open'> {
  /** Called when the row is shown, for a large file has thousands. */
  readonly face: () => Face;
  readonly items: (parent: ModelNode) => readonly ModelNode[];
}

/** What all rows are made with. */
interface Context {
  /** Layers by place. */
  readonly rejected: ReadonlySet<string>;
  readonly before: (range: SourceRange) => string;
}

/** More models than this start closed. */
const mostOpen = 12;

/**
 * The rows for the models of a document.
 * @param layers its transposed convolutions, for what frameworks reject
 * @param before the line in which something stands, up to it: for the names that models give their parts
 */
export function modelNodes(models: readonly Model[], layers: readonly Layer[], before: (range: SourceRange) => string): readonly ModelNode[] {
  const context: Context = { rejected: new Set(layers.filter(isRejected).map(layer => key(layer.range))), before };
  const ids = new Map<string, number>();
  return models.map(model => {
    const [only, ...others] = model.constructions;
    const single = others.length === 0 ? only : undefined;
    const assumed = single?.range === undefined && model.kind === 'class' ? 'made nowhere: defaults assumed' : undefined;
    return node(undefined, ids, {
      label: model.name === '' ? 'Layers outside a model' : model.name, range: model.range, open: models.length <= mostOpen,
      face: () => ({
        description: single ? words(parametersText(single.parameters), times(single.count), assumed) : `${model.constructions.length} constructions`,
        details: [kinds[model.kind]], icon: icons[model.kind],
      }),
      items: parent => single ? itemNodes(single.items, parent, context) : model.constructions.map(each => constructionNode(each, parent, context)),
    });
  });
}

/** A place of the cursor, with the line that it is on. */
export interface CursorPlace {
  readonly cell: number;
  readonly offset: number;
  /** Offsets where the line starts and ends. */
  readonly line: readonly [number, number];
}

/**
 * The row for a cursor: the innermost whose place contains it; else the first that begins on its line; else the
 * model around it. Of several alike the first, unless `preferred` is one of them.
 */
export function nodeAt(nodes: readonly ModelNode[], { cell, offset, line }: CursorPlace, preferred?: ModelNode): ModelNode | undefined {
  const found: { inside?: ModelNode; onLine?: ModelNode } = {};
  const size = ({ range }: ModelNode): number => range === undefined ? Infinity : range.to - range.from;
  const visit = (node: ModelNode): void => {
    const { range } = node;
    if (range !== undefined && range.file === undefined && range.cell === cell) {
      const chosen = node.id === preferred?.id;
      if (range.from <= offset && offset <= range.to && (found.inside === undefined || size(node) < size(found.inside) || (chosen && size(node) === size(found.inside)))) found.inside = node;
      if (line[0] <= range.from && range.from <= line[1] && (found.onLine === undefined || (chosen && size(node) === size(found.onLine)))) found.onLine = node;
    }
    for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  const { inside, onLine } = found;
  return inside?.parent === undefined ? onLine ?? inside : inside;
}

function constructionNode({ label, range, count, items, parameters }: Construction, parent: ModelNode, context: Context): ModelNode {
  return node(parent, undefined, {
    label, range, open: true,
    face: () => ({
      description: words(parametersText(parameters), times(count)), icon: 'symbol-constructor',
      details: [range === undefined ? 'Made nowhere: the defaults of its parameters are assumed' : 'A construction of the model'],
    }),
    items: self => itemNodes(items, self, context),
  });
}

function itemNodes(items: readonly ModelItem[], parent: ModelNode, context: Context): readonly ModelNode[] {
  return items.map(item => item.kind === 'part'
    ? node(parent, undefined, {
      label: named(item, item.name, context), range: item.range, open: item.items.some(hasTransposed),
      face: () => ({ description: words(lastShape(item.items), parametersText(item.parameters), item.range.file), details: [item.label], icon: 'symbol-method' }),
      items: self => itemNodes(item.items, self, context),
    })
    : node(parent, undefined, { label: named(item, shortName(item.name), context), range: item.range, open: false, face: () => layerFace(item, context), items: () => [] }));
}

/** `self.up = `, `self.ups.append(`, with `weight_norm(` and the like after it. */
const givenName = /\bself\.(\w+)(?:(?:\s*:[^=]+)?\s*=\s*|\.append\(\s*)(?:[\w.]*_norm\(\s*)*$/;

/** `up: ConvTranspose2d`, where the model has a name for it. */
function named({ range }: ModelItem, kind: string, { before }: Context): string {
  const name = givenName.exec(before(range))?.[1];
  return name === undefined ? kind : `${name}: ${kind}`;
}

function layerFace(item: ModelLayer, { rejected }: Context): Face {
  const row = layerRow(item, rejected.has(key(item.range)));
  return {
    description: words(row.shape, row.parameters, row.verdict, item.range.file),
    details: item.uses.flatMap(({ input, output }) => output === undefined ? [] : [`${input ? `${shapeText(input)} → ` : ''}${shapeText(output)}`]),
    ...row.verdict === undefined ? { icon: 'circle-outline' } : verdictIcons[row.verdict],
  };
}

/** What a part gives: the output of its last layer. */
function lastShape(items: readonly ModelItem[]): string | undefined {
  const last = items.at(-1);
  return last === undefined ? undefined : last.kind === 'part' ? lastShape(last.items) : shapesLine(last.uses.flatMap(use => use.output === undefined ? [] : [{ shape: use.output }]));
}

function hasTransposed(item: ModelItem): boolean {
  return item.kind === 'part' ? item.items.some(hasTransposed) : item.reading !== undefined;
}

function node(parent: ModelNode | undefined, used: Map<string, number> | undefined, { label, range, open, face, items }: Draft): ModelNode {
  const counts = used ?? siblings(parent);
  const number = counts.get(label) ?? 0;
  counts.set(label, number + 1);
  let seen: Face | undefined;
  let children: readonly ModelNode[] | undefined;
  const look = (): Face => seen ??= face();
  const self: ModelNode = {
    id: `${parent?.id ?? ''}/${label}#${number}`, label, range, open, parent,
    get description() { return look().description; },
    get details() { return look().details; },
    get icon() { return look().icon; },
    get colour() { return look().colour; },
    get children() { return children ??= items(self); },
  };
  return self;
}

const siblingCounts = new WeakMap<ModelNode, Map<string, number>>();

/** How many rows of each label a parent has so far. */
function siblings(parent: ModelNode | undefined): Map<string, number> {
  if (parent === undefined) return new Map();
  let counts = siblingCounts.get(parent);
  if (counts === undefined) siblingCounts.set(parent, counts = new Map());
  return counts;
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(' · ');
}

function times(count: number): string | undefined {
  return count === 1 ? undefined : `made ${count} times`;
}

function key(range: SourceRange): string {
  return `${range.file ?? ''}:${range.cell}:${range.from}`;
}

const icons: Readonly<Record<Model['kind'], string>> = {
  class: 'symbol-class', function: 'symbol-function', variable: 'symbol-variable', call: 'symbol-constructor', loose: 'symbol-misc',
};

const kinds: Readonly<Record<Model['kind'], string>> = {
  class: 'A class', function: 'A function that builds a model', variable: 'A variable that holds a model', call: 'A model of another file', loose: 'Layers that are in no model',
};

const verdictIcons: Readonly<Record<Verdict, { readonly icon: string; readonly colour: string | undefined }>> = {
  'even overlap': { icon: 'pass', colour: undefined },
  'uneven overlap': { icon: 'warning', colour: 'problemsWarningIcon.foreground' },
  holes: { icon: 'warning', colour: 'problemsWarningIcon.foreground' },
  rejected: { icon: 'error', colour: 'problemsErrorIcon.foreground' },
  'overlap not known': { icon: 'question', colour: undefined },
};
