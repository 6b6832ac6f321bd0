import type { Int } from '../algebra/integer';
import type { Reading } from '../frameworks/api';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import type { CallExpression, Node } from '../python/syntax';
import { asItems, tuple, type Arguments, type Value } from '../python/values';
import { learnedParameters } from './parameters';
import type { NetworkContext } from './context';
import { parameterCount } from './costs';
import { asTensor, hostValue, networkObject } from './values';

/** A layer object that was made at a call: a transposed convolution, or any other layer that is read. */
export interface MadeLayer {
  /** Qualified name of its class: `torch.nn.Conv2d`. */
  readonly name: string;
  readonly call: CallExpression;
  /** Calls of the source's own functions that lead to it, outermost first. */
  readonly path: readonly CallExpression[];
  /** Of a transposed convolution. */
  readonly reading: Reading | undefined;
  /** Learned numbers, where the input has that shape. */
  parameters(input: Shape | undefined): Int;
}

export interface LayerOutput {
  readonly input: Shape | undefined;
  readonly output: Shape | undefined;
}

/** More layers of one call, and outputs of one layer, than people can read. */
const mostLayers = 256;
const mostOutputs = 16;

/**
 * Collects all layers of models where execution comes, in the order in which they are made and in which they
 * are first applied.
 */
export class LayerRecorder {
  private readonly counts = new Map<CallExpression, number>();
  /** In the order of construction. */
  readonly made: MadeLayer[] = [];
  /** Those that have been applied, in the order of their first application. */
  readonly applied = new Set<MadeLayer>();
  private readonly outputs = new Map<MadeLayer, LayerOutput[]>();
  /** Containers and models that an expression was evaluated to, by qualified name. */
  readonly containers = new Map<Node, string>();

  record(layer: MadeLayer): void {
    const count = this.counts.get(layer.call) ?? 0;
    if (count >= mostLayers) return;
    this.counts.set(layer.call, count + 1);
    this.made.push(layer);
  }

  output(layer: MadeLayer, output: LayerOutput): void {
    this.applied.add(layer);
    const all = this.outputs.get(layer);
    if (all === undefined) this.outputs.set(layer, [output]);
    else if (all.length < mostOutputs) all.push(output);
  }

  /** The outputs that a layer has given, with the input's shape. */
  outputsOf(layer: MadeLayer): readonly LayerOutput[] {
    return this.outputs.get(layer) ?? [];
  }

  /** Takes over what another has collected. */
  add(other: LayerRecorder): void {
    for (const layer of other.made) this.record(layer);
    for (const layer of other.applied) for (const output of other.outputsOf(layer)) this.output(layer, output);
    for (const [node, name] of other.containers) this.containers.set(node, name);
  }

  evaluated(node: Node, value: Value): void {
    const object = networkObject(value);
    if (object?.type === 'layer') this.containers.set(node, object.name);
  }
}

/** A layer beside the transposed convolutions, so that making it and applying it is recorded. */
export function observedLayer(value: Value, name: string, given: Arguments, site: Site, context: NetworkContext): Value {
  const settled = withSettledLists(given);
  return observed(value, { name, reading: undefined, parameters: input => learnedParameters(name, settled, site, input) }, site, context);
}

/** A transposed convolution, likewise. */
export function observedTransposed(value: Value, reading: Reading, site: Site, context: NetworkContext): Value {
  return observed(value, { name: reading.api.name, reading, parameters: input => parameterCount(reading, input) }, site, context);
}

/** The functional form of a transposed convolution: made and applied at once. */
export function observedFunction(result: Value, reading: Reading, site: Site, context: NetworkContext): void {
  if (site.mode !== 'real' || site.call === undefined) return;
  const layer: MadeLayer = {
    name: reading.api.name, call: site.call, path: site.path, reading,
    parameters: input => parameterCount(reading, input),
  };
  const { modelLayers } = context.page;
  modelLayers.record(layer);
  modelLayers.output(layer, { input: reading.input, output: asTensor(result)?.shape });
}

function observed(value: Value, kind: Pick<MadeLayer, 'name' | 'reading' | 'parameters'>, site: Site, context: NetworkContext): Value {
  const object = networkObject(value);
  if (site.mode !== 'real' || site.call === undefined || object?.type !== 'layer') return value;
  const layer: MadeLayer = { ...kind, call: site.call, path: site.path };
  context.page.modelLayers.record(layer);
  return hostValue({
    ...object,
    call(inner, at) {
      const result = object.call(inner, at);
      const output = asTensor(result);
      if (at.mode !== 'real' || output === undefined) return result;
      const input = context.implied.known(inner.positional[0]?.value ?? inner.keywords[0]?.value)?.shape;
      context.page.modelLayers.output(layer, { input, output: output.shape });
      if (output.shape === input) return result;
      return hostValue({ ...output, origin: { source: undefined, layers: [], ...output.origin, last: layer.call } });
    },
  });
}

/** Arguments that are read later: lists as they are now. */
function withSettledLists(given: Arguments): Arguments {
  if (!given.positional.some(isList) && !given.keywords.some(isList)) return given;
  const settled = <T extends { readonly value: Value }>(argument: T): T =>
    isList(argument) ? { ...argument, value: tuple(asItems(argument.value) ?? []) } : argument;
  return { ...given, positional: given.positional.map(settled), keywords: given.keywords.map(settled) };
}

function isList(argument: { readonly value: Value }): boolean {
  return argument.value.kind === 'list' && asItems(argument.value) !== undefined;
}
