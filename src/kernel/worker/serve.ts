import { checkLength, inputShape, outputShape, type Values, zerosLike } from '../convolutionGeometry';
import { engineFor, Operator } from '../operator';
import { type Job, type KernelReply, type KernelRequest, type Port } from './messages';

/** Milliseconds of work between two looks at what has come in. */
const slice = 12;

/**
 * Computes what comes in through the port, one job after another, in slices, so that a job can be
 * cancelled while it runs. Call it inside a worker with `self`.
 */
export function serveKernel(port: Port): void {
  const waiting: { readonly id: number; readonly job: Job }[] = [];
  const cancelled = new Set<number>();
  const ready = new ReadyOperator();
  let busy = false;

  const work = async (): Promise<void> => {
    busy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, job } = next;
      const reply = (message: KernelReply, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
      try {
        const values = await compute(ready, job, () => cancelled.has(id), done => reply({ kind: 'progress', id, done }));
        if (values !== undefined) reply({ kind: 'result', id, values }, [values.buffer as ArrayBuffer]);
      } catch (error) {
        reply({ kind: 'error', id, message: error instanceof Error ? error.message : String(error) });
      }
      cancelled.delete(id);
    }
    busy = false;
  };

  port.addEventListener('message', ({ data }) => {
    const request = data as KernelRequest;
    if (request.kind === 'compute') {
      waiting.push(request);
      if (!busy) void work();
    } else {
      const at = waiting.findIndex(({ id }) => id === request.id);
      if (at >= 0) waiting.splice(at, 1);
      else if (busy) cancelled.add(request.id);
    }
  });
  port.start?.();
}

/** The operator of the last job: one that differs in its numbers only finds plan and memory ready. */
class ReadyOperator {
  private key = '';
  private operator: Operator | undefined;

  for({ geometry, direction, operands: [source] }: Job): Operator {
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

/** @returns undefined when cancelled */
async function compute(ready: ReadyOperator, job: Job, isCancelled: () => boolean, report: (done: number) => void): Promise<Values | undefined> {
  const { geometry, direction, operands: [source, other], bias } = job;
  const operator = ready.for(job);
  checkLength('input', source, direction === 'adjoint' ? outputShape(geometry) : inputShape(geometry));
  operator.source.set(source);
  if (direction === 'weights') {
    checkLength('output gradient', other, outputShape(geometry));
    operator.gradient.set(other);
  } else {
    operator.setWeights(other, bias);
  }
  let started = performance.now();
  for (let step = 0; step < Math.max(1, operator.steps); step++) {
    if (performance.now() - started > slice) {
      report(step / operator.steps);
      await messagesIn();
      if (isCancelled()) return undefined;
      started = performance.now();
    }
    operator.runSteps(step, step + 1);
  }
  const result = zerosLike(source, operator.result.length);
  result.set(operator.result);
  return result;
}

/** Lets waiting messages be handled. Unlike a timer, a channel is not slowed down. */
function messagesIn(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
