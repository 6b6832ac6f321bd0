import { type ConvolutionGeometry, type Values } from './convolutionGeometry';
import { engineFor, Operator } from './operator';
import { type Direction } from './plan';

/** One computation: operands and result as in `transposedConvolution`, `convolution` and `weightGradient`. */
export interface Job {
  readonly geometry: ConvolutionGeometry;
  readonly direction: Direction;
  /** `forward`: input and weights; `adjoint`: output side and weights; `weights`: input and output gradient. */
  readonly operands: readonly [Values, Values];
  readonly bias?: Values;
}

/** Computes kernel jobs a step at a time. A job that differs from the last in its numbers only finds plan and memory ready. */
export class SlicedKernel {
  #key = '';
  #operator: Operator | undefined;

  /**
   * @param pause awaited between steps with the part that is done; what it throws ends the work
   * @throws RangeError when the operands do not fit the geometry.
   */
  async compute({ geometry, direction, operands: [source, other], bias }: Job, pause: (done: number) => Promise<void>): Promise<Values> {
    const engine = engineFor(geometry, source);
    const key = JSON.stringify([geometry, direction, engine.name]);
    if (this.#key !== key) {
      this.#operator?.dispose();
      this.#operator = undefined;
      this.#key = key;
    }
    const operator = this.#operator ??= new Operator(geometry, direction, engine);
    operator.load(source, other, bias);
    for (let step = 0; step < operator.steps; step++) {
      if (step > 0) await pause(step / operator.steps);
      operator.runSteps(step, step + 1);
    }
    return operator.resultLike(source);
  }
}
