import { type Values } from '../convolutionGeometry';
import { type Job, type KernelReply, type KernelRequest, type Port } from './messages';

/** The other side of `serveKernel`: a kernel that works elsewhere. */
export class KernelClient {
  private readonly pending = new Map<number, {
    readonly resolve: (values: Values) => void;
    readonly reject: (reason: unknown) => void;
    readonly onProgress: ((done: number) => void) | undefined;
  }>();
  private lastId = 0;

  constructor(private readonly port: Port) {
    port.addEventListener('message', ({ data }) => this.receive(data as KernelReply));
    port.start?.();
  }

  /**
   * @param options.signal cancels: the promise rejects with its reason, and the worker stops
   * @param options.onProgress hears which part of the work is done, for jobs that take long
   * @throws RangeError when the operands do not fit the geometry.
   */
  compute(job: Job, { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {}): Promise<Values> {
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

  private send(request: KernelRequest): void {
    this.port.postMessage(request, []);
  }

  private receive(reply: KernelReply): void {
    const job = this.pending.get(reply.id);
    if (reply.kind === 'progress') {
      job?.onProgress?.(reply.done);
      return;
    }
    this.pending.delete(reply.id);
    if (reply.kind === 'result') job?.resolve(reply.values);
    else job?.reject(new RangeError(reply.message));
  }
}
