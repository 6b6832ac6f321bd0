import { min } from './arithmetic';
import { checkGeometry, checkLength, type ConvolutionGeometry, inputShape, outputShape, typedLike, valueCount, type Values, weightsShape } from './convolutionGeometry';
import { type Engine, type Memory } from './engine';
import { type Direction, type Plan } from './plan';
import { plan } from './planner';
import { portableEngine } from './portable/engine';
import { simdEngine } from './simdEngine';

type Tensor = 'input' | 'output' | 'weights' | 'bias';

/**
 * One computation made ready: plan, memory and packed weights are kept, so that every further run
 * allocates nothing. Tensors are views of its memory: write {@link source}, {@link run}, read
 * {@link result}. Their numbers have the precision of the engine: float32 for SIMD, float64 for portable.
 */
export class Operator {
  readonly plan: Plan;
  /** Parts of a run, see {@link runSteps}. */
  readonly steps: number;
  readonly #source: Tensor;
  readonly #result: 'output' | 'input' | 'weights';
  readonly #shapes: Readonly<Record<Tensor, readonly number[]>>;
  #held: (Memory & Readonly<Record<Tensor, Values>>) | undefined;

  /** @throws RangeError when it is no geometry, or needs more memory than there is. */
  constructor(geometry: ConvolutionGeometry, direction: Direction, readonly engine: Engine) {
    checkGeometry(geometry);
    this.plan = plan(geometry, direction, engine);
    const { places, steps } = this.plan;
    this.steps = steps;
    this.#source = direction === 'adjoint' ? 'output' : 'input';
    this.#result = ({ forward: 'output', adjoint: 'input', weights: 'weights' } as const)[direction];
    const shapes = { input: inputShape(geometry), output: outputShape(geometry), weights: weightsShape(geometry) };
    this.#shapes = { ...shapes, bias: shapes[this.#result].slice(1, 2) };
    const memory = engine.allocate(places.size, places.table);
    const view = (name: Tensor): Values => memory.values.subarray(places[name], places[name] + valueCount(this.#shapes[name]));
    this.#held = { ...memory, input: view('input'), output: view('output'), weights: view('weights'), bias: view('bias') };
  }

  /** What the direction reads: input side for `forward` and `weights`, output side for `adjoint`. */
  get source(): Values {
    return this.#memory[this.#source];
  }

  /** Only for `weights`: the output side. */
  get gradient(): Values {
    return this.#memory.output;
  }

  /** Output side for `forward`, input side for `adjoint`, weights for `weights`. */
  get result(): Values {
    return this.#memory[this.#result];
  }

  /**
   * @param weights `[inputChannels, outputChannels / groups, ...kernelSize]`
   * @param bias one for each channel of the result; none means zeros
   * @throws RangeError when a length does not fit.
   */
  setWeights(weights: Values, bias?: Values): void {
    const memory = this.#memory;
    this.#put('weights', weights);
    this.#put('bias', bias ?? memory.bias.fill(0));
    this.plan.prepare(memory);
  }

  /**
   * Everything that the direction reads.
   * @param other the weights; the output side for `weights`
   * @throws RangeError when a length does not fit.
   */
  load(source: Values, other: Values, bias?: Values): void {
    this.#put(this.#source, source);
    if (this.#result === 'weights') this.#put('output', other);
    else this.setWeights(other, bias);
  }

  /** Computes {@link result} from {@link source}, {@link gradient} and the weights. */
  run(): void {
    // The gradient for weights that no image, or no input, ever met.
    if (this.steps === 0) this.result.fill(0);
    this.runSteps(0, this.steps);
  }

  /**
   * A part of a run, for whoever wants to report progress or to stop: all steps, from 0 on and in order, make one run.
   */
  runSteps(first: number, end: number): void {
    for (let step = first; step < min(end, this.steps); step++) this.plan.step(this.#memory, step);
  }

  /** {@link result} in an array of its own, of the same type as `like`. */
  resultLike<T extends Values>(like: T): T {
    return typedLike(like, this.result);
  }

  /** Lets the memory go: it is free when nobody holds a view of it any more. */
  dispose(): void {
    this.#held = undefined;
  }

  #put(name: Tensor, values: Values): void {
    checkLength(name, values, this.#shapes[name]);
    this.#memory[name].set(values);
  }

  get #memory(): Memory & Readonly<Record<Tensor, Values>> {
    if (this.#held === undefined) throw new Error('disposed of');
    return this.#held;
  }
}

/** Below this many multiply-adds a single run is over before a module would have its memory. */
const smallJob = 20000;

/** The engine for a single run on such values: SIMD computes in float32, which would lose what float64 has. */
export function engineFor(geometry: ConvolutionGeometry, values: Values): Engine {
  const products = valueCount(weightsShape(geometry)) * valueCount(inputShape({ ...geometry, inputChannels: 1 }));
  return values instanceof Float64Array || products < smallJob ? portableEngine : bestEngine();
}

/** SIMD where it can be had. */
export const bestEngine = (): Engine => simdEngine() ?? portableEngine;
