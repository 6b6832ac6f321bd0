import { outputShape, type Values, valueCount, weightsShape, inputShape } from '../../src/kernel/convolutionGeometry';
import { type Engine } from '../../src/kernel/engine';
import { channelsLast } from '../../src/kernel/layout';
import { transposedConvolution } from '../../src/kernel/transposedConvolution';
import { Random } from '../unit/kernel/random';
import { type Peer, type Runner, type Tensors } from './peers/peer';
import { multiplyAdds, type Workload } from './workloads';

/** Milliseconds of a run. */
export interface Times {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Measured {
  readonly workload: string;
  readonly multiplyAdds: number;
  /** By peer; a text where it does not have the layer, or where its result is wrong. */
  readonly times: Readonly<Record<string, Times | 'no such layer' | 'wrong result'>>;
}

/** Milliseconds from some moment on. */
export type Clock = () => number;

export const samples = 15;

/** Shortest time to measure at once; shorter runs are repeated. */
const shortest = 2;

/**
 * One workload with every peer: results checked first, then sample after sample, all peers in turn,
 * so that whatever else the machine does meets all of them.
 */
export async function measure(workload: Workload, peers: readonly Peer[], clock: Clock = () => performance.now()): Promise<Measured> {
  const tensors = tensorsOf(workload);
  const times: Record<string, Times | 'no such layer' | 'wrong result'> = {};
  const running: { readonly name: string; readonly runner: Runner; readonly repeats: number; readonly samples: number[] }[] = [];
  for (const peer of peers) {
    const runner = await peer.prepare(workload, tensors).catch(() => undefined);
    if (runner === undefined) times[peer.name] = 'no such layer';
    else if (!isRight(await runner.run(), peer, workload, tensors)) times[peer.name] = 'wrong result';
    else running.push({ name: peer.name, runner, repeats: await repeatsFor(runner, clock), samples: [] });
  }
  for (let sample = 0; sample < samples; sample++) {
    for (const peer of running) peer.samples.push(await timeOf(peer.runner, peer.repeats, clock));
  }
  for (const peer of running) {
    times[peer.name] = summary(peer.samples);
    peer.runner.dispose();
  }
  return { workload: workload.name, multiplyAdds: multiplyAdds(workload.geometry), times };
}

/** What the machine does at most. */
export interface Ceiling {
  /** Of the SIMD engine's own tile of 4 by 8 sums, from panels in the first-level cache, in 10⁹ multiplications and additions a second. */
  readonly multiplyAdd: number;
  /** Copying 32 MB, in GB/s, read and write counted. */
  readonly copy: number;
}

export function measureCeiling(engine: Engine, clock: Clock = () => performance.now()): Ceiling {
  const depth = 256;
  const [rows, columns, repeats] = [2, 2, 2000];
  const memory = engine.allocate(65536, new Int32Array(0));
  const [from, to] = [new Float32Array(1 << 22), new Float32Array(1 << 22)];
  const rates: number[] = [];
  const copies: number[] = [];
  for (let sample = 0; sample < 60; sample++) {
    const start = clock();
    for (let repeat = 0; repeat < repeats; repeat++) memory.loops.multiply(32768, 16, 0, 16384, rows, columns, depth, false);
    rates.push(repeats * rows * columns * 32 * depth * 2 / (clock() - start) / 1e6);
    const copyStart = clock();
    to.set(from);
    copies.push(2 * from.byteLength / (clock() - copyStart) / 1e6);
  }
  // A ceiling is what can be reached: the best tenth, not the middle.
  return { multiplyAdd: quantile(rates, 0.9), copy: quantile(copies, 0.9) };
}

/** The same numbers for every peer. */
export function tensorsOf({ geometry }: Workload): Tensors {
  const random = new Random(1);
  return {
    input: Float32Array.from(random.values(valueCount(inputShape(geometry)))),
    weights: Float32Array.from(random.values(valueCount(weightsShape(geometry)))),
  };
}

function isRight(result: Values, peer: Peer, workload: Workload, { input, weights }: Tensors): boolean {
  const crops = peer.cropLeft?.(workload);
  const axes = workload.geometry.axes.map((axis, at) => ({ ...axis, cropLeft: crops?.[at] ?? axis.cropLeft }));
  const first = transposedConvolution({ ...workload.geometry, axes }, Float64Array.from(input), weights);
  const expected = peer.channelsLast ? channelsLast(first, outputShape(workload.geometry)) : first;
  let largest = 0;
  let difference = 0;
  expected.forEach((value, at) => {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - (result[at] ?? NaN)));
  });
  return result.length === expected.length && difference <= 1e-4 * largest;
}

async function repeatsFor(runner: Runner, clock: Clock): Promise<number> {
  for (let repeats = 1; ; repeats *= 2) {
    // The least of three: one that was interrupted must not pass for long.
    const times = [await timeOf(runner, repeats, clock), await timeOf(runner, repeats, clock), await timeOf(runner, repeats, clock)];
    if (Math.min(...times) * repeats >= shortest) return repeats;
  }
}

async function timeOf(runner: Runner, repeats: number, clock: Clock): Promise<number> {
  const start = clock();
  for (let repeat = 0; repeat < repeats; repeat++) {
    const result = runner.run();
    if (result instanceof Promise) await result;
  }
  return (clock() - start) / repeats;
}

function summary(times: readonly number[]): Times {
  return { median: quantile(times, 0.5), least: Math.min(...times), most: Math.max(...times) };
}

function quantile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? NaN;
}
