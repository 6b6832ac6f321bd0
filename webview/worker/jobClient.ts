import type { JobReply, JobRequest, Port } from './jobMessages';

/** The other side of `serveJobs`: work that is done elsewhere. */
export class JobClient<Job, Result> {
  constructor(private readonly port: Port) {}

  /**
   * @param options.signal cancels: the promise rejects with its reason, and the worker stops
   * @param options.onProgress hears which part of the work is done, for jobs that take long
   * @throws what the work threw, with its name and message.
   */
  async compute(job: Job, { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {}): Promise<Result> {
    signal?.throwIfAborted();
    const { port1, port2 } = new MessageChannel();
    const request: JobRequest<Job> = { job, port: port2 };
    let cancel = (): void => undefined;
    try {
      return await new Promise((resolve, reject) => {
        port1.onmessage = ({ data }: { readonly data: JobReply<Result> }) => {
          if ('done' in data) onProgress?.(data.done);
          else if ('result' in data) resolve(data.result);
          else reject(Object.assign(new Error(), data));
        };
        cancel = () => {
          port1.postMessage('cancel');
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', cancel);
        this.port.postMessage(request, [port2]);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      port1.close();
    }
  }
}
