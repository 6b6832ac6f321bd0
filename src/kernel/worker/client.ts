import { type Values } from '../convolutionGeometry';
import { type Job, type JobReply, type JobRequest, type Port } from './messages';

/** The other side of `serveJobs`: work that is done elsewhere. */
export class JobClient<Job, Result> {
  private readonly pending = new Map<number, {
    readonly resolve: (result: Result) => void;
    readonly reject: (reason: unknown) => void;
    readonly onProgress: ((done: number) => void) | undefined;
  }>();
  private lastId = 0;

  constructor(private readonly port: Port) {
    port.addEventListener('message', ({ data }) => this.receive(data as JobReply<Result>));
    port.start?.();
  }

  /**
   * @param options.signal cancels: the promise rejects with its reason, and the worker stops
   * @param options.onProgress hears which part of the work is done, for jobs that take long
   * @throws what the work threw, with its name and message.
   */
  compute(job: Job, { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {}): Promise<Result> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const cancel = (): void => {
        this.pending.delete(id);
        this.send({ kind: 'cancel', id });
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settled = <T>(settle: (value: T) => void) => (value: T): void => {
        signal?.removeEventListener('abort', cancel);
        settle(value);
      };
      this.pending.set(id, { resolve: settled(resolve), reject: settled(reject), onProgress });
      this.send({ kind: 'compute', id, job });
    });
  }

  private send(request: JobRequest<Job>): void {
    this.port.postMessage(request, []);
  }

  private receive(reply: JobReply<Result>): void {
    const job = this.pending.get(reply.id);
    if (reply.kind === 'progress') {
      job?.onProgress?.(reply.done);
      return;
    }
    this.pending.delete(reply.id);
    if (reply.kind === 'result') job?.resolve(reply.result);
    else job?.reject(Object.assign(new Error(reply.message), { name: reply.name }));
  }
}

/** The other side of `serveKernel`: a kernel that works elsewhere. Operands that do not fit reject with a RangeError. */
export class KernelClient extends JobClient<Job, Values> {}
