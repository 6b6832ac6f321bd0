import { type JobReply, type JobRequest, type Port } from './messages';
import { SlicedKernel } from './slicedKernel';

/** What a piece of work is given, so that it can be watched and stopped. */
export interface Turn {
  /**
   * To be awaited often: between slices it reports, and lets messages in.
   * @param done which part of the work is done, from 0 to 1
   * @throws Cancelled, which the work lets pass
   */
  pause(done: number): Promise<void>;
}

/** A result, and those of its buffers that need not be copied. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly transfer: Transferable[];
}

/** Thrown through work that is not wanted any more. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Milliseconds of work between two looks at what has come in. */
const slice = 12;

/**
 * Does the jobs that come in through the port, one after another, in slices, so that a job can be cancelled while it
 * runs. Call it inside a worker with `self`; at the end of a channel it works in slices where it stands.
 */
export function serveJobs<Job, Result>(port: Port, work: (job: Job, turn: Turn) => Promise<Outcome<Result>>): void {
  const waiting: { readonly id: number; readonly job: Job }[] = [];
  const cancelled = new Set<number>();
  let busy = false;

  const run = async (): Promise<void> => {
    busy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, job } = next;
      const reply = (message: JobReply<Result>, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
      let started = performance.now();
      const turn: Turn = {
        async pause(done) {
          if (performance.now() - started <= slice) return;
          reply({ kind: 'progress', id, done });
          await messagesIn();
          if (cancelled.has(id)) throw new Cancelled();
          started = performance.now();
        },
      };
      try {
        const { result, transfer } = await work(job, turn);
        reply({ kind: 'result', id, result }, transfer);
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        if (!(error instanceof Cancelled)) reply({ kind: 'error', id, name, message });
      }
      cancelled.delete(id);
    }
    busy = false;
  };

  port.addEventListener('message', ({ data }) => {
    const request = data as JobRequest<Job>;
    if (request.kind === 'compute') {
      waiting.push(request);
      if (!busy) void run();
    } else {
      const at = waiting.findIndex(({ id }) => id === request.id);
      if (at >= 0) waiting.splice(at, 1);
      else if (busy) cancelled.add(request.id);
    }
  });
  port.start?.();
}

/** A worker that computes single kernel jobs; `KernelClient` is its other side. */
export function serveKernel(port: Port): void {
  const kernel = new SlicedKernel();
  serveJobs(port, async (job: Parameters<SlicedKernel['compute']>[0], turn) => {
    const result = await kernel.compute(job, done => turn.pause(done));
    return { result, transfer: [result.buffer as ArrayBuffer] };
  });
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
