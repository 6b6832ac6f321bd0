import assert from 'node:assert/strict';
import { type ConvolutionGeometry, type Values } from '../../../src/kernel/convolutionGeometry';
import { type Job, SlicedKernel } from '../../../src/kernel/slicedKernel';
import { transposedConvolution, weightGradient } from '../../../src/kernel/transposedConvolution';
import { JobClient } from '../../../webview/worker/jobClient';
import { type Port } from '../../../webview/worker/jobMessages';
import { serveJobs } from '../../../webview/worker/serveJobs';
import { assertClose } from '../kernel/compare';
import { Random } from '../kernel/random';

describe('jobs of the kernel in a worker', function () {
  this.timeout(30_000);
  let channel: MessageChannel;
  let client: JobClient<Job, Values>;

  beforeEach(() => {
    channel = new MessageChannel();
    const kernel = new SlicedKernel();
    serveJobs(channel.port1 as unknown as Port, async (job: Job, turn) => ({ result: await kernel.compute(job, done => turn.pause(done)), transfer: [] }));
    client = new JobClient(channel.port2 as unknown as Port);
  });
  afterEach(() => channel.port1.close());

  it('computes what the kernel computes, one job after the other', async () => {
    const geometry = layer(2, 3, 5);
    const random = new Random(1);
    const [input, weights, output] = [random.values(2 * 25), random.values(2 * 3 * 16), random.values(3 * 100)];
    const results = await Promise.all([
      client.compute({ geometry, direction: 'forward', operands: [input, weights], bias: Float64Array.of(1, 2, 3) }),
      client.compute({ geometry, direction: 'weights', operands: [input, output] }),
      client.compute({ geometry, direction: 'forward', operands: [output.subarray(0, 50), weights] }),
    ]);
    assertClose(results[0], transposedConvolution(geometry, input, weights, Float64Array.of(1, 2, 3)), 1e-14);
    assertClose(results[1], weightGradient(geometry, input, output), 1e-14);
    assertClose(results[2], transposedConvolution(geometry, output.subarray(0, 50), weights), 1e-14);
  });

  it('leaves the operands usable', async () => {
    const input = new Float32Array(50).fill(1);
    await client.compute({ geometry: layer(2, 3, 5), direction: 'forward', operands: [input, new Float32Array(96)] });
    assert.equal(input.length, 50);
  });

  it('says what does not fit', async () => {
    const compute = client.compute({ geometry: layer(2, 3, 5), direction: 'forward', operands: [new Float32Array(49), new Float32Array(96)] });
    await assert.rejects(compute, { name: 'RangeError', message: /input has 49 values, expected 50/ });
  });

  it('tells of its progress and stops when cancelled, then takes the next job', async () => {
    // Large enough in float64 to take many slices on any machine.
    const geometry = layer(64, 64, 128);
    const abort = new AbortController();
    const heard: number[] = [];
    const compute = client.compute(
      { geometry, direction: 'forward', operands: [new Float64Array(64 * 128 * 128), new Float64Array(64 * 64 * 16)] },
      { signal: abort.signal, onProgress: done => { heard.push(done); if (heard.length === 3) abort.abort(); } },
    );
    await assert.rejects(compute, { name: 'AbortError' });
    assert.equal(heard.length, 3);
    assert.ok(heard.every((done, at) => done > (heard[at - 1] ?? 0) && done < 1));
    const next = await client.compute({ geometry: layer(1, 1, 2), direction: 'forward', operands: [new Float32Array(4), new Float32Array(16)], bias: Float32Array.of(7) });
    assert.deepEqual([...next], new Array(16).fill(7));
  });

  it('does not start what is cancelled already', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(client.compute({ geometry: layer(1, 1, 2), direction: 'forward', operands: [new Float32Array(4), new Float32Array(16)] }, { signal }), { name: 'AbortError' });
  });
});

/** Kernel 4, stride 2, padding 1 in two dimensions. */
function layer(inputChannels: number, outputChannels: number, size: number): ConvolutionGeometry {
  const axis = { inputSize: size, kernelSize: 4, stride: 2, dilation: 1, cropLeft: 1, outputSize: 2 * size };
  return { batch: 1, inputChannels, outputChannels, groups: 1, flip: false, axes: [axis, axis] };
}
