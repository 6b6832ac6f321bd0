import { checkGeometry, checkLength, type ConvolutionGeometry, inputShape, outputShape, type Values, valueCount, weightsShape } from './convolutionGeometry';
import { type Engine, type Memory } from './engine';
import { type Direction, type Plan } from './plan';
import { plan } from './planner';
import { portableEngine } from './portable/engine';
import { simdEngine } from './simdEngine';

/**
 * One computation made ready: plan, memory and packed weights are kept, so that every further run
 * allocates nothing. Tensors are views of its memory: write {@link source}, {@link run}, read
 * {@link result}. Their numbers have the precision of the engine: float32 for SIMD, float64 for portable.
 */
export class Operator {
  /** Parts of a run, see {@link runSteps}. */
  readonly steps: number;
  private readonly plan: Plan;
  private held: (Memory & { readonly source: Values; readonly gradient: Values; readonly result: Values }) | undefined;

  /** @throws RangeError when it is no geometry, or needs more memory than there is. */
  constructor(private readonly geometry: ConvolutionGeometry, private readonly direction: Direction, readonly engine: Engine) {
    checkGeometry(geometry);
    this.plan = plan(geometry, direction, engine);
    const { places, size, steps, table } = this.plan;
    const memory = engine.allocate(size, table);
    this.steps = steps;
    const view = (start: number, shape: readonly number[]): Values => memory.values.subarray(start, start + valueCount(shape));
    this.held = {
      ...memory,
      source: view(places.source, direction === 'adjoint' ? outputShape(geometry) : inputShape(geometry)),
      gradient: view(places.gradient, direction === 'weights' ? outputShape(geometry) : [0]),
      result: view(places.result, { forward: outputShape, adjoint: inputShape, weights: weightsShape }[direction](geometry)),
    };
  }

  /** What the direction reads: input side for `forward` and `weights`, output side for `adjoint`. */
  get source(): Values {
    return this.memory.source;
  }

  /** Only for `weights`: the output side. */
  get gradient(): Values {
    return this.memory.gradient;
  }

  /** Output side for `forward`, input side for `adjoint`, weights for `weights`. */
  get result(): Values {
    return this.memory.result;
  }

  /** Which strategy the plan chose. */
  get strategy(): string {
    return this.plan.strategy;
  }

  /**
   * @param weights `[inputChannels, outputChannels / groups, ...kernelSize]`
   * @param bias one for each channel of the result; none means zeros
   * @throws RangeError when a length does not fit.
   */
  setWeights(weights: Values, bias?: Values): void {
    const { geometry, direction, memory } = this;
    const channels = direction === 'forward' ? geometry.outputChannels : geometry.inputChannels;
    checkLength('weights', weights, weightsShape(geometry));
    if (bias !== undefined) checkLength('bias', bias, [channels]);
    const { places } = this.plan;
    memory.values.set(weights, places.weights);
    if (geometry.flip) this.turnKernels(places.weights);
    if (bias === undefined) memory.values.fill(0, places.bias, places.bias + channels);
    else memory.values.set(bias, places.bias);
    this.plan.prepare?.(memory);
  }

  /** Computes {@link result} from {@link source}, {@link gradient} and the weights. */
  run(): void {
    for (let step = 0; step < this.steps || step === 0; step++) this.runSteps(step, step + 1);
  }

  /**
   * A part of a run, for whoever wants to report progress or to stop: all steps, from 0 on and in order, make one run.
   */
  runSteps(first: number, end: number): void {
    const { memory } = this;
    if (first === 0) this.plan.begin?.(memory);
    for (let step = first; step < Math.min(end, this.steps); step++) this.plan.step(memory, step);
    if (end < this.steps) return;
    this.plan.finish?.(memory);
    if (this.geometry.flip && this.direction === 'weights') this.turnKernels(this.plan.places.result);
  }

  /** Lets the memory go: it is free when nobody holds a view of it any more. */
  dispose(): void {
    this.held = undefined;
  }

  private get memory(): NonNullable<typeof this.held> {
    if (this.held === undefined) throw new Error('the operator is disposed of');
    return this.held;
  }

  /** The kernel read backwards along every axis is its taps in reverse. */
  private turnKernels(start: number): void {
    const { values } = this.memory;
    const shape = weightsShape(this.geometry);
    const taps = valueCount(shape.slice(2));
    for (let kernel = start; kernel < start + valueCount(shape); kernel += taps) {
      for (let low = kernel, high = kernel + taps - 1; low < high; low++, high--) {
        const value = values[low] as number;
        values[low] = values[high] as number;
        values[high] = value;
      }
    }
  }
}

/** Below this many multiply-adds a single run is over before a module would have its memory. */
const smallJob = 20000;

/** The engine for a single run on such values: SIMD computes in float32, which would lose what float64 has. */
export function engineFor(geometry: ConvolutionGeometry, values: Values): Engine {
  const products = valueCount(weightsShape(geometry)) * geometry.batch * valueCount(geometry.axes.map(axis => axis.inputSize));
  return values instanceof Float64Array || products < smallJob ? portableEngine : bestEngine();
}

/** SIMD where it can be had. */
export function bestEngine(): Engine {
  return simdEngine() ?? portableEngine;
}
