import { type Axis } from '../../src/geometry/axis';
import { type ConvolutionGeometry, inputShape, outputShape, valueCount } from '../../src/kernel/convolutionGeometry';
import { Random } from '../unit/kernel/random';

/** A layer to measure, in PyTorch's terms. All axes are alike. */
export interface Workload {
  readonly name: string;
  readonly geometry: ConvolutionGeometry;
  /** PyTorch's arguments, for the peers. */
  readonly padding: number;
  readonly outputPadding: number;
}

interface Layer {
  readonly input: number;
  readonly output: number;
  readonly size: readonly number[];
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly outputPadding?: number;
  readonly dilation?: number;
  readonly groups?: number;
}

/** Layers as they occur: toy, image to image, the first and middle layers of a DCGAN, a U-Net, a vocoder, a volume, depthwise, dilated. */
export const namedWorkloads: readonly Workload[] = [
  workload({ input: 1, output: 1, size: [8, 8], kernel: 4, stride: 2, padding: 1 }),
  workload({ input: 3, output: 3, size: [64, 64], kernel: 4, stride: 2, padding: 1 }),
  workload({ input: 1, output: 1, size: [256, 256], kernel: 5, stride: 2, padding: 2, outputPadding: 1 }),
  workload({ input: 100, output: 512, size: [1, 1], kernel: 4 }),
  workload({ input: 512, output: 256, size: [4, 4], kernel: 4, stride: 2, padding: 1 }),
  workload({ input: 128, output: 64, size: [16, 16], kernel: 4, stride: 2, padding: 1 }),
  workload({ input: 256, output: 128, size: [64, 64], kernel: 2, stride: 2 }),
  workload({ input: 64, output: 32, size: [128, 128], kernel: 3, stride: 2, padding: 1, outputPadding: 1 }),
  workload({ input: 128, output: 64, size: [4096], kernel: 4, stride: 2, padding: 1 }),
  workload({ input: 32, output: 16, size: [16, 16, 16], kernel: 2, stride: 2 }),
  workload({ input: 64, output: 64, size: [64, 64], kernel: 4, stride: 2, padding: 1, groups: 64 }),
  workload({ input: 64, output: 32, size: [32, 32], kernel: 3, stride: 2, padding: 2, outputPadding: 1, dilation: 2 }),
];

/** Layers drawn at random, of at most a quarter of a billion multiply-adds. */
export function drawnWorkloads(count: number, seed: number): readonly Workload[] {
  const random = new Random(seed);
  const drawn: Workload[] = [];
  while (drawn.length < count) {
    const rank = random.pick([1, 2, 2, 2, 2, 3]);
    const stride = random.pick([1, 2, 2, 2, 3, 4]);
    const kernel = random.integer(1, [0, 16, 6, 4][rank] ?? 4);
    const groups = random.pick([1, 1, 1, 2, 8]);
    const padding = random.integer(0, Math.floor(kernel / 2));
    const candidate = workload({
      input: groups * random.pick([1, 3, 8, 16, 32, 64, 128]), output: groups * random.pick([1, 3, 8, 16, 32, 64]),
      size: Array.from({ length: rank }, () => random.integer(1, [0, 4000, 96, 20][rank] ?? 8)),
      kernel, stride, padding, groups, outputPadding: random.integer(0, Math.min(stride - 1, padding)),
      dilation: stride === 1 && rank < 3 ? random.pick([1, 1, 2]) : 1,
    });
    const work = multiplyAdds(candidate.geometry);
    if (candidate.geometry.axes.every(axis => axis.outputSize > 0) && work > 1e4 && work < 2.5e8) drawn.push(candidate);
  }
  return drawn;
}

/** Products of the whole layer, those cropped away included, as the field counts them. */
export function multiplyAdds(geometry: ConvolutionGeometry): number {
  return valueCount(inputShape(geometry)) * geometry.outputChannels / geometry.groups * valueCount(geometry.axes.map(axis => axis.kernelSize));
}

export function outputLength(geometry: ConvolutionGeometry): number {
  return valueCount(outputShape(geometry));
}

function workload(layer: Layer): Workload {
  const { input, output, size, kernel, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1 } = layer;
  const axes = size.map((inputSize): Axis => ({
    inputSize, kernelSize: kernel, stride, dilation, cropLeft: padding,
    outputSize: (inputSize - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + outputPadding,
  }));
  const details = Object.entries({ s: stride, p: padding, op: outputPadding, d: dilation, g: groups })
    .filter(([name, value]) => value !== (name === 's' || name === 'd' || name === 'g' ? 1 : 0)).map(([name, value]) => ` ${name}${value}`);
  return {
    name: `${input}→${output}, ${size.join('×')}, k${kernel}${details.join('')}`, padding, outputPadding,
    geometry: { batch: 1, inputChannels: input, outputChannels: output, groups, axes, flip: false },
  };
}
