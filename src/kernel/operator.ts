import { checkGeometry, checkLength, type ConvolutionGeometry, inputShape, outputShape, type Values, valueCount, weightsShape, zerosLike } from './convolutionGeometry';
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
  readonly plan: Plan;
  private held: (Memory & { readonly input: Values; readonly output: Values; readonly weights: Values; readonly bias: Values }) | undefined;

  /** @throws RangeError when it is no geometry, or needs more memory than there is. */
  constructor(private readonly geometry: ConvolutionGeometry, private readonly direction: Direction, readonly engine: Engine) {
    checkGeometry(geometry);
    this.plan = plan(geometry, direction, engine);
    const { places: { input, output, weights, bias, size, table }, steps } = this.plan;
    const memory = engine.allocate(size, table);
    const view = (start: number, shape: readonly number[]): Values => memory.values.subarray(start, start + valueCount(shape));
    this.steps = steps;
    this.held = {
      ...memory,
      input: view(input, inputShape(geometry)),
      output: view(output, outputShape(geometry)),
      weights: view(weights, weightsShape(geometry)),
      bias: view(bias, [direction === 'forward' ? geometry.outputChannels : geometry.inputChannels]),
    };
  }

  /** What the direction reads: input side for `forward` and `weights`, output side for `adjoint`. */
  get source(): Values {
    return this.memory[this.direction === 'adjoint' ? 'output' : 'input'];
  }

  /** Only for `weights`: the output side. */
  get gradient(): Values {
    return this.memory.output;
  }

  /** Output side for `forward`, input side for `adjoint`, weights for `weights`. */
  get result(): Values {
    return this.memory[({ forward: 'output', adjoint: 'input', weights: 'weights' } as const)[this.direction]];
  }

  /**
   * @param weights `[inputChannels, outputChannels / groups, ...kernelSize]`
   * @param bias one for each channel of the result; none means zeros
   * @throws RangeError when a length does not fit.
   */
  setWeights(weights: Values, bias?: Values): void {
    const { memory } = this;
    checkLength('weights', weights, weightsShape(this.geometry));
    if (bias !== undefined) checkLength('bias', bias, [memory.bias.length]);
    memory.weights.set(weights);
    memory.bias.fill(0);
    memory.bias.set(bias ?? []);
    this.plan.prepare(memory);
  }

  /**
   * Everything that the direction reads.
   * @param other the weights; the output side for `weights`
   * @throws RangeError when a length does not fit.
   */
  load(source: Values, other: Values, bias?: Values): void {
    const { geometry, direction } = this;
    checkLength('input', source, direction === 'adjoint' ? outputShape(geometry) : inputShape(geometry));
    this.source.set(source);
    if (direction !== 'weights') {
      this.setWeights(other, bias);
    } else {
      checkLength('output gradient', other, outputShape(geometry));
      this.gradient.set(other);
    }
  }

  /** Computes {@link result} from {@link source}, {@link gradient} and the weights. */
  run(): void {
    this.runSteps(0, this.steps);
  }

  /**
   * A part of a run, for whoever wants to report progress or to stop: all steps, from 0 on and in order, make one run.
   */
  runSteps(first: number, end: number): void {
    const { memory, steps } = this;
    for (let step = first; step < Math.min(end, steps); step++) this.plan.step(memory, step);
  }

  /** {@link result} in an array of its own, of the same type as `like`. */
  resultLike<T extends Values>(like: T): T {
    const copy = zerosLike(like, this.result.length);
    copy.set(this.result);
    return copy;
  }

  /** Lets the memory go: it is free when nobody holds a view of it any more. */
  dispose(): void {
    this.held = undefined;
  }

  private get memory(): NonNullable<typeof this.held> {
    if (this.held === undefined) throw new Error('the operator is disposed of');
    return this.held;
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
export function bestEngine(): Engine {
  return simdEngine() ?? portableEngine;
}
