import type { Shape } from '../frameworks/argument';
import type { Applied, Problem, Reading, ReadingOptions } from '../frameworks/api';
import { rangeOf } from '../python/parse';
import type { Mode } from '../python/machine';
import type { SourceRange } from '../python/source';
import type { CallExpression, Expression } from '../python/syntax';
import type { Provenance } from './values';
import { pythonText } from '../frameworks/value';
import { multiplyAddCount, parameterCount } from './costs';
import type { ArgumentSource, Instance, Layer } from './layer';

/** One layer object made at a call, and the inputs that it met. */
export interface Recorded {
  readonly reading: Reading;
  /** The call that made it, where it was made by one. */
  readonly call: CallExpression | undefined;
  readonly assumed: readonly string[];
  readonly path: readonly CallExpression[];
  readonly mode: Mode;
  /** With the input that a comment gives, for a layer that is applied nowhere. */
  readonly declared?: Application | undefined;
}

export interface Application {
  readonly input: Shape | undefined;
  readonly origin: Provenance | undefined;
  readonly applied: Applied;
  /** PyTorch's `layer(x, output_size=…)`. */
  readonly outputSizeGiven: boolean;
}

/** More instances of one call than people can read; the rest are dropped. */
const mostInstances = 64;

/** Collects what the interpreter meets, call by call. */
export class Recorder {
  private readonly calls = new Map<CallExpression, Recorded[]>();
  private readonly applications = new Map<Recorded, Application[]>();

  record(call: CallExpression, recorded: Recorded): void {
    if (recorded.mode === 'rehearsal') return;
    const all = this.calls.get(call);
    if (all === undefined) this.calls.set(call, [recorded]);
    else if (all.length < mostInstances * 4) all.push(recorded);
  }

  /** The layer has been given an input. */
  apply(recorded: Recorded, application: Application): void {
    if (!application.outputSizeGiven && application.input === undefined && application.applied.output === undefined && application.applied.problems.length === 0) return;
    const all = this.applications.get(recorded);
    if (all === undefined) this.applications.set(recorded, [application]);
    else if (all.length < mostInstances) all.push(application);
  }

  /** Takes over what another has collected. */
  add(other: Recorder): void {
    for (const [call, all] of other.calls) for (const recorded of all) this.record(call, recorded);
    for (const [recorded, all] of other.applications) for (const application of all) this.apply(recorded, application);
  }

  /** The layers in source order. `text` gives the source of a range; `cutOff` says why instances may be missing. */
  layers(options: ReadingOptions, text: (range: SourceRange) => string, cutOff: string | undefined, frozenBilinear: ReadonlySet<CallExpression>): readonly Layer[] {
    const layers: Layer[] = [];
    for (const [call, all] of this.calls) {
      // What execution reaches says more than what the known values exclude.
      const reached = all.filter(recorded => recorded.mode === 'real');
      const frozen = frozenBilinear.has(call);
      const instances = distinct((reached.length > 0 ? reached : all).flatMap(recorded => toInstances(recorded, this.applications.get(recorded) ?? []))).map(instance => frozen ? { ...instance, frozenBilinear: true } : instance);
      const [first] = instances;
      if (first === undefined) continue;
      layers.push({
        reading: first.reading,
        range: rangeOf(call),
        callee: rangeOf(call.callee),
        arguments: argumentSources(call, first.reading, options, text),
        end: call.close === undefined ? undefined : rangeOf({ from: call.close, to: call.close, chunk: call.chunk }),
        instances,
        cutOff,
      });
    }
    return layers.sort((a, b) => (a.range.file ?? '').localeCompare(b.range.file ?? '') || a.range.cell - b.range.cell || a.range.from - b.range.from || b.range.to - a.range.to);
  }
}

function toInstances(recorded: Recorded, applications: readonly Application[]): Instance[] {
  const path = recorded.path.filter(call => call.chunk.file === undefined).map(rangeOf);
  const make = (application: Application | undefined): Instance => ({
    reading: recorded.reading,
    assumed: recorded.assumed,
    input: application?.input,
    output: application?.applied.output,
    inputOrigin: application?.origin?.source,
    outputSizeGiven: application?.outputSizeGiven === true,
    before: (application?.origin?.layers ?? []).filter(layer => layer.call.chunk.file === undefined).map(layer => ({ range: rangeOf(layer.call), reading: layer.reading })),
    // An output size given with the input replaces the output padding, right or wrong.
    problems: unique([
      ...recorded.reading.problems.filter(problem => application?.outputSizeGiven !== true || problem.kind !== 'output-padding-too-large'),
      ...application?.applied.problems ?? [],
    ]),
    path,
    parameters: parameterCount(recorded.reading, application?.input),
    multiplyAdds: multiplyAddCount(recorded.reading, application?.input),
  });
  return applications.length === 0 ? [make(recorded.declared)] : applications.map(make);
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem, index) => problems.findIndex(other => other.kind === problem.kind && other.message === problem.message) === index);
}

/** Instances that say the same are one; those with known shapes come first. */
function distinct(instances: readonly Instance[]): readonly Instance[] {
  const seen = new Map<string, Instance>();
  for (const instance of instances) {
    const values = Object.entries(instance.reading.arguments).map(([name, value]) => `${name}=${pythonText(value)}`).join();
    const shape = (sizes: Shape | undefined): string => sizes === undefined ? '-' : sizes.map(size => pythonText({ kind: 'integer', value: size })).join();
    const key = `${values} ${shape(instance.input)} ${shape(instance.output)} ${instance.problems.map(problem => problem.message).join()}`;
    if (!seen.has(key)) seen.set(key, instance);
  }
  const known = (instance: Instance): number => instance.output === undefined ? 1 : 0;
  const all = [...seen.values()].sort((a, b) => known(a) - known(b)).slice(0, mostInstances);
  return all;
}

function argumentSources(call: CallExpression, reading: Reading, options: ReadingOptions, text: (range: SourceRange) => string): ArgumentSource[] {
  const { parameters } = reading.api.signature(options);
  const positional = parameters.filter(parameter => parameter.keywordOnly !== true);
  let position = 0;
  let afterStar = false;
  return call.arguments.map(argument => {
    if (argument.star === '*') afterStar = true;
    const keyword = parameters.find(parameter => parameter.name === argument.keyword || parameter.otherNames?.includes(argument.keyword ?? '') === true);
    const parameter = argument.star !== '' ? undefined
      : argument.keyword !== undefined ? keyword
      : afterStar ? undefined : positional[position++];
    const value = rangeOf(argument.value);
    return {
      range: rangeOf(argument), value, text: text(value), keyword: argument.keyword,
      parameter: parameter?.name, literal: isLiteral(argument.value),
    };
  });
}

function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number': case 'string': case 'constant': return true;
    case 'unary': return expression.operator !== 'not' && isLiteral(expression.operand);
    case 'sequence': return expression.items.every(isLiteral);
    default: return false;
  }
}
