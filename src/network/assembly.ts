import { pythonText } from '../frameworks/value';
import type { Shape } from '../frameworks/argument';
import type { Problem } from '../frameworks/api';
import type { CallExpression } from '../python/syntax';
import type { Unit } from '../python/unit';
import type { Done } from '../python/work';
import { multiplyAddCount, parameterCount } from './costs';
import type { Layer } from './layer';
import { pageOf } from './page';
import { PlacedLayer, type InstanceCore, type LayerCore, type PlacingContext } from './placedLayer';
import { mostInstances, mostRecorded, type Application, type Recorded, type Recorder } from './recorder';
import { isBundled } from './torchvision/encoders';

/** What all layers of one analysis are made with. */
export interface AssemblyContext extends PlacingContext {
  /** Why instances may be missing. */
  readonly cutOff: string | undefined;
  readonly frozenBilinear: ReadonlySet<CallExpression>;
}

/** Makes the layers of a document from what was recorded of them. Keeps them from one analysis to the next. */
export class Assembly {
  /** The work that has come to a call. */
  private readonly units = new Map<CallExpression, Set<Unit>>();
  private readonly made = new Map<CallExpression, LayerCore | undefined>();
  private cores: readonly LayerCore[] = [];
  private cutOff: string | undefined;
  private frozen: ReadonlySet<CallExpression> = new Set();

  /** The layers in source order, those of other files last. */
  layers(done: Done, context: AssemblyContext): readonly Layer[] {
    const touched = this.touched(done, context);
    for (const call of touched) this.make(call, context);
    if (touched.size > 0) this.cores = [...this.made.values()].flatMap(core => core ?? []);
    return this.cores.map(core => new PlacedLayer(core, context)).sort(compareLayers);
  }

  /** The calls of which something may differ. */
  private touched(done: Done, { cutOff, frozenBilinear }: AssemblyContext): ReadonlySet<CallExpression> {
    const touched = new Set<CallExpression>();
    for (const unit of done.gone) for (const call of recorderOf(unit)?.known ?? []) {
      this.units.get(call)?.delete(unit);
      touched.add(call);
    }
    for (const unit of done.fresh) for (const call of recorderOf(unit)?.known ?? []) {
      const units = this.units.get(call);
      if (units === undefined) this.units.set(call, new Set([unit]));
      else units.add(unit);
      touched.add(call);
    }
    for (const call of [...this.frozen, ...frozenBilinear]) if (this.frozen.has(call) !== frozenBilinear.has(call)) touched.add(call);
    if (done.reordered || cutOff !== this.cutOff) for (const call of this.units.keys()) touched.add(call);
    this.cutOff = cutOff;
    this.frozen = frozenBilinear;
    return touched;
  }

  private make(call: CallExpression, context: AssemblyContext): void {
    const units = [...this.units.get(call) ?? []].sort((a, b) => a.order - b.order);
    if (units.length === 0) {
      this.units.delete(call);
      this.made.delete(call);
      return;
    }
    const recorders = units.flatMap(unit => recorderOf(unit) ?? []);
    const recorded = recorders.flatMap(recorder => recorder.madeAt(call)).slice(0, mostRecorded);
    const applications = recorded.map(each => recorders.flatMap(recorder => recorder.applicationsOf(each)).slice(0, mostInstances));
    this.made.set(call, makeLayer(call, recorded, applications, context));
  }
}

function recorderOf(unit: Unit): Recorder | undefined {
  return pageOf(unit)?.recorder;
}

function makeLayer(call: CallExpression, recorded: readonly Recorded[], applications: readonly (readonly Application[])[], { frozenBilinear, cutOff }: AssemblyContext): LayerCore | undefined {
  // What execution reaches says more than what the known values exclude.
  const real = recorded.some(each => each.mode === 'real');
  const all = recorded.flatMap((each, index) => real && each.mode !== 'real' ? [] : toInstances(each, applications[index] ?? []));
  const instances = distinct(all).map(instance => frozenBilinear.has(call) ? { ...instance, frozenBilinear: true } : instance);
  const [first] = instances;
  return first && { call, reading: first.reading, instances, cutOff };
}

function compareLayers({ range: a }: Layer, { range: b }: Layer): number {
  return compareFiles(a.file, b.file) || a.cell - b.cell || a.from - b.from || b.to - a.to;
}

function compareFiles(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toInstances(recorded: Recorded, applications: readonly Application[]): InstanceCore[] {
  const make = (application: Application | undefined): InstanceCore => ({
    reading: recorded.reading,
    assumed: recorded.assumed,
    input: application?.input,
    output: application?.applied.output,
    inputOrigin: application?.origin?.source,
    inputFrom: isBundled(application?.origin?.last?.chunk.file) ? undefined : application?.origin?.last,
    outputSizeGiven: application?.outputSizeGiven === true,
    before: (application?.origin?.layers ?? []).filter(layer => layer.call.chunk.file === undefined),
    // An output size given with the input replaces the output padding, right or wrong.
    problems: unique([
      ...recorded.reading.problems.filter(problem => application?.outputSizeGiven !== true || problem.kind !== 'output-padding-too-large'),
      ...application?.applied.problems ?? [],
    ]),
    path: recorded.path.filter(each => each.chunk.file === undefined),
    parameters: parameterCount(recorded.reading, application?.input),
    multiplyAdds: multiplyAddCount(recorded.reading, application?.input),
  });
  return applications.length === 0 ? [make(recorded.declared)] : applications.map(make);
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem, index) => problems.findIndex(other => other.kind === problem.kind && other.message === problem.message) === index);
}

/** Instances that say the same are one; those with known shapes come first. */
function distinct(instances: readonly InstanceCore[]): readonly InstanceCore[] {
  const seen = new Map<string, InstanceCore>();
  for (const instance of instances) {
    const values = Object.entries(instance.reading.arguments).map(([name, value]) => `${name}=${pythonText(value)}`).join();
    const shape = (sizes: Shape | undefined): string => sizes === undefined ? '-' : sizes.map(size => pythonText({ kind: 'integer', value: size })).join();
    const key = `${values} ${shape(instance.input)} ${shape(instance.output)} ${instance.problems.map(problem => problem.message).join()}`;
    if (!seen.has(key)) seen.set(key, instance);
  }
  const known = (instance: InstanceCore): number => instance.output === undefined ? 1 : 0;
  const all = [...seen.values()].sort((a, b) => known(a) - known(b)).slice(0, mostInstances);
  return all;
}
