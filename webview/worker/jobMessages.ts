/** To the worker: a job with a channel of its own, through which it is answered. Any message that comes back through it cancels. */
export interface JobRequest<Job> {
  readonly job: Job;
  readonly port: MessagePort;
}

/** From the worker. `done` is a part of one. After a cancellation nothing more comes. */
export type JobReply<Result> =
  | { readonly done: number }
  | { readonly result: Result }
  | { readonly name: string; readonly message: string };

/** A worker, the inside of a worker, or one end of a channel. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start?(): void;
}
