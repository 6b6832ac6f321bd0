import { JobClient } from './jobClient';
import type { Port } from './jobMessages';
import type { PictureJob, PictureResult, ResultOf } from './jobs';
import { program } from './main?worker';

export interface JobOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

let client: Promise<JobClient<PictureJob, PictureResult>> | undefined;

/** Has a picture computed beside the page; where workers are not allowed, in slices between the page's own work. */
export async function computePicture<Job extends PictureJob>(job: Job, options: JobOptions): Promise<ResultOf<Job>> {
  client ??= startWorker().catch(slicesOnPage).then(port => new JobClient(port));
  return await (await client).compute(job, options) as ResultOf<Job>;
}

/** Milliseconds to wait for a worker's first word. */
const patience = 3000;

/** @throws where the page's policy or the browser forbids workers. */
function startWorker(): Promise<Port> {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([`(${program.toString()})(self)`], { type: 'text/javascript' }));
    const worker = new Worker(url);
    const late = setTimeout(() => { give('no answer'); }, patience);
    const give = (reason: string): void => {
      clearTimeout(late);
      worker.terminate();
      reject(new Error(reason));
    };
    worker.addEventListener('error', event => { give(event.message); }, { once: true });
    worker.addEventListener('message', () => {
      clearTimeout(late);
      URL.revokeObjectURL(url);
      resolve(worker);
    }, { once: true });
  });
}

function slicesOnPage(): Port {
  const { port1, port2 } = new MessageChannel();
  program(port1);
  return port2;
}
