import { add, unknown, type Int } from '../algebra/integer';
import type { Reading } from '../frameworks/api';
import type { Version } from '../python/places';
import type { SourceRange } from '../python/source';
import type { CallExpression, Statement } from '../python/syntax';
import type { LayerRecorder, MadeLayer } from './layerRecorder';
import { usesOf, type LayerUse } from './layerUse';
import { ModelRoots, type ModelRoot } from './modelRoots';
import type { TensorRecorder } from './tensorRecorder';

/** A model of the document: a class, a function that builds one, or a variable that holds one. */
export interface Model {
  readonly kind: ModelRoot['kind'];
  /** `UNet`, `generator`; empty for layers that belong to no model. */
  readonly name: string;
  /** The class, function or statement. */
  readonly range: SourceRange;
  /** Different ways in which it is made, those that are alike only once. */
  readonly constructions: readonly Construction[];
}

export interface Construction {
  /** The call that makes it; `undefined` where nobody does, so that its defaults are assumed. */
  readonly range: SourceRange | undefined;
  /** `UNet(3, 10)`. */
  readonly label: string;
  /** How many calls make it just like this. */
  readonly count: number;
  readonly items: readonly ModelItem[];
  /** Learned numbers of all its layers. */
  readonly parameters: Int;
}

export type ModelItem = ModelPart | ModelLayer;

/** Layers that a function or class of the source made together. */
export interface ModelPart {
  readonly kind: 'part';
  /** What is called: `DoubleConv`. */
  readonly name: string;
  /** The call: `DoubleConv(64, 128)`. */
  readonly label: string;
  readonly range: SourceRange;
  readonly items: readonly ModelItem[];
  readonly parameters: Int;
}

export interface ModelLayer {
  readonly kind: 'layer';
  /** Qualified name: `torch.nn.Conv2d`. */
  readonly name: string;
  readonly range: SourceRange;
  /** Of a transposed convolution. */
  readonly reading: Reading | undefined;
  /** At least one. */
  readonly uses: readonly LayerUse[];
}

/** A layer with the part of its path that lies inside its model. */
interface Row {
  readonly layer: MadeLayer;
  readonly path: readonly CallExpression[];
}

/** More models and layers than anybody reads. */
const mostModels = 500;
const longestLabel = 48;

/**
 * The models of a document with their layers in the order in which they are applied, as a summary table lists
 * them; what is never applied comes last, in the order of construction.
 */
export function buildModels(
  recorder: LayerRecorder, tensors: TensorRecorder, statements: readonly Statement[], version: Version,
): readonly Model[] {
  const roots = new ModelRoots(recorder, tensors, statements);
  const groups = new Map<object, { readonly root: ModelRoot; readonly rows: Map<CallExpression | undefined, Row[]> }>();
  const ordered = new Set<MadeLayer>([...recorder.applied, ...recorder.made]);
  for (const layer of ordered) {
    const { root, depth } = roots.rootOf(layer);
    let group = groups.get(root.node);
    if (group === undefined) {
      if (groups.size >= mostModels) continue;
      groups.set(root.node, group = { root, rows: new Map() });
    }
    const maker = root.kind === 'class' || root.kind === 'function' ? layer.path[depth - 1] : undefined;
    const rows = group.rows.get(maker);
    const row: Row = { layer, path: layer.path.slice(depth) };
    if (rows === undefined) group.rows.set(maker, [row]);
    else rows.push(row);
  }
  const build = new Builder(recorder, version);
  return [...groups.values()].map(({ root, rows }) => build.model(root, rows))
    .sort((a, b) => Number(a.range.file !== undefined) - Number(b.range.file !== undefined) || a.range.cell - b.range.cell || a.range.from - b.range.from);
}

class Builder {
  constructor(private readonly recorder: LayerRecorder, private readonly version: Version) {}

  model(root: ModelRoot, rows: ReadonlyMap<CallExpression | undefined, readonly Row[]>): Model {
    const constructions: Construction[] = [];
    const keys = new Map<string, number>();
    const calls = withoutApplications(root, rows);
    const mayLoop = calls === rows && root.kind !== 'variable' && root.kind !== 'loose';
    for (const [call, all] of calls) for (const items of mayLoop ? this.split(all) : [this.items(all, 0)]) {
      const key = items.map(item => keyOf(item)).join('\n');
      const same = keys.get(key);
      const before = same === undefined ? undefined : constructions[same];
      if (same !== undefined && before !== undefined) {
        constructions[same] = { ...before, count: before.count + 1 };
        continue;
      }
      keys.set(key, constructions.length);
      constructions.push({
        range: call && this.version.places.rangeOf(call), label: call === undefined ? root.name : this.label(call),
        count: 1, items, parameters: total(items),
      });
    }
    return { kind: root.kind, name: root.name, range: this.version.places.rangeOf(root.node), constructions };
  }

  /** The layers of one call that makes a model; of several where the call is in a loop. */
  private split(rows: readonly Row[]): readonly (readonly ModelItem[])[] {
    return rounds(rows, 0).map(round => this.items(round, 0));
  }

  private items(rows: readonly Row[], depth: number): readonly ModelItem[] {
    const items: ModelItem[] = [];
    for (let at = 0; at < rows.length;) {
      const row = rows[at];
      if (row === undefined) break;
      const head = row.path[depth];
      if (head === undefined) {
        items.push(this.layer(row.layer));
        at++;
        continue;
      }
      let end = at;
      while (end < rows.length && rows[end]?.path[depth] === head) end++;
      for (const round of rounds(rows.slice(at, end), depth + 1)) {
        const inside = this.items(round, depth + 1);
        items.push({ kind: 'part', name: calleeName(head), label: this.label(head), range: this.version.places.rangeOf(head), items: inside, parameters: total(inside) });
      }
      at = end;
    }
    return items;
  }

  private layer(layer: MadeLayer): ModelLayer {
    return { kind: 'layer', name: layer.name, range: this.version.places.rangeOf(layer.call), reading: layer.reading, uses: usesOf(layer, this.recorder) };
  }

  /** The call as written, on one line; of a call in another file what is called. */
  private label(call: CallExpression): string {
    const written = call.chunk.file === undefined ? this.version.text(this.version.places.rangeOf(call)).replace(/\s+/g, ' ') : '';
    if (written === '') return calleeName(call);
    return written.length <= longestLabel ? written : `${written.slice(0, longestLabel - 1)}…`;
  }
}

/** What is made where the model is called (functions, layers that `build` makes) belongs to its only construction. */
function withoutApplications(root: ModelRoot, rows: ReadonlyMap<CallExpression | undefined, readonly Row[]>): ReadonlyMap<CallExpression | undefined, readonly Row[]> {
  if (root.kind !== 'class' || rows.size < 2) return rows;
  const makers = [...rows.keys()].filter(call => call === undefined || calleeName(call) === root.name);
  if (makers.length !== 1) return rows;
  const all = [...rows.values()].flat();
  return new Map([[makers[0], all]]);
}

/**
 * The rows of one call, a round for each time that it ran. Layers that one run makes itself share the very path
 * (`layer.path` is one object a run); those of calls within it go with their neighbours. Where a run makes
 * none itself it cannot be told from the next, and all is one round.
 */
function rounds(rows: readonly Row[], depth: number): readonly (readonly Row[])[] {
  const runs = new Set(rows.filter(row => row.path.length === depth).map(row => row.layer.path));
  if (runs.size < 2) return [rows];
  const found: Row[][] = [];
  let run: object | undefined;
  let seen = new Set<string>();
  for (const row of rows) {
    const own = row.path.length === depth ? row.layer.path : undefined;
    const key = [...row.path.slice(depth), row.layer.call].map(call => `${call.chunk.file ?? ''} ${call.chunk.cell} ${call.chunk.start + call.from}`).join();
    if (found.length === 0 || (own === undefined ? seen.has(key) : run !== undefined && own !== run)) {
      found.push([]);
      seen = new Set();
      run = undefined;
    }
    run = own ?? run;
    seen.add(key);
    found.at(-1)?.push(row);
  }
  return found;
}

function total(items: readonly ModelItem[]): Int {
  return add(0, ...items.map(item => item.kind === 'part' ? item.parameters : item.uses[0]?.parameters ?? unknown));
}

function keyOf(item: ModelItem): string {
  if (item.kind === 'part') return `${item.label}[${item.items.map(keyOf).join(' ')}]`;
  const sizes = (shape: LayerUse['output']): string => shape?.map(size => size.known ? size.terms.map(term => `${term.coefficient}${term.factors.map(factor => factor.key).join()}`).join('+') : '?').join() ?? '-';
  return `${item.name}@${item.range.from} ${item.uses.map(use => `${sizes(use.input)} ${sizes(use.output)}`).join(';')} ${sizes([item.uses[0]?.parameters ?? unknown])}`;
}

function calleeName(call: CallExpression): string {
  const { callee } = call;
  return callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '…';
}
