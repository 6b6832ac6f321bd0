import type { JobReply, JobRequest, Port } from './jobMessages';

/** What a piece of work is given, so that it can be watched and stopped. */
export interface Turn {
  /**
   * To be awaited often: between slices it reports, and lets messages in.
   * @param done which part of the work is done, from 0 to 1
   * @throws when the work is not wanted any more, which the work lets pass
   */
  pause(done: number): Promise<void>;
}

/** A result, and those of its buffers that need not be copied. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly transfer: Transferable[];
}

/** Milliseconds of work between two looks at what has come in. */
const slice = 6;

/**
 * Does the jobs that come in through the port, one after another, in slices, so that a job can be cancelled while it
 * runs. Call it inside a worker with `self`; at the end of a channel it works in slices where it stands.
 */
export function serveJobs<Job, Result>(port: Port, work: (job: Job, turn: Turn) => Promise<Outcome<Result>>): void {
  let last = Promise.resolve();
  port.addEventListener('message', ({ data }) => {
    const { job, port: client } = data as JobRequest<Job>;
    const reply = (message: JobReply<Result>, transfer: Transferable[] = []): void => client.postMessage(message, transfer);
    let cancelled = false;
    client.onmessage = () => { cancelled = true; };
    last = last.then(async () => {
      let started = performance.now();
      const stopIfCancelled = (): void => { if (cancelled) throw new Error('cancelled'); };
      try {
        stopIfCancelled();
        const { result, transfer } = await work(job, {
          async pause(done) {
            if (performance.now() - started <= slice) return;
            reply({ done });
            await messagesIn();
            stopIfCancelled();
            started = performance.now();
          },
        });
        reply({ result }, transfer);
      } catch (error) {
        // Nobody hears it when the job was cancelled.
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        reply({ name, message });
      }
    });
  });
  port.start?.();
}

/** Lets waiting messages be handled. Unlike a timer, a channel is not slowed down. */
function messagesIn(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  }).finally(() => port1.close());
}
