import { checkLength, inputShape, outputShape, type Values, zerosLike } from '../convolutionGeometry';
import { engineFor, Operator } from '../operator';
import { type Job } from './messages';

/** Computes kernel jobs a step at a time. A job that differs from the last in its numbers only finds plan and memory ready. */
export class SlicedKernel {
  private key = '';
  private operator: Operator | undefined;

  /**
   * @param pause awaited between steps with the part that is done; what it throws ends the work
   * @throws RangeError when the operands do not fit the geometry.
   */
  async compute(job: Job, pause: (done: number) => Promise<void>): Promise<Values> {
    const { geometry, direction, operands: [source, other], bias } = job;
    const operator = this.operatorFor(job);
    checkLength('input', source, direction === 'adjoint' ? outputShape(geometry) : inputShape(geometry));
    operator.source.set(source);
    if (direction === 'weights') {
      checkLength('output gradient', other, outputShape(geometry));
      operator.gradient.set(other);
    } else {
      operator.setWeights(other, bias);
    }
    for (let step = 0; step < Math.max(1, operator.steps); step++) {
      if (step > 0) await pause(step / operator.steps);
      operator.runSteps(step, step + 1);
    }
    const result = zerosLike(source, operator.result.length);
    result.set(operator.result);
    return result;
  }

  private operatorFor({ geometry, direction, operands: [source] }: Job): Operator {
    const engine = engineFor(geometry, source);
    const key = JSON.stringify([geometry, direction, engine.name]);
    if (this.operator === undefined || this.key !== key) {
      this.operator?.dispose();
      this.operator = undefined;
      this.operator = new Operator(geometry, direction, engine);
      this.key = key;
    }
    return this.operator;
  }
}
