import { convolutionAxis, type Axis } from '../../src/geometry/axis';
import { maxPool, maxUnpool } from '../../src/kernel/pooling';
import { bedOfNails, bilinear, nearest } from '../../src/kernel/resampling';
import type { ImageKernel } from '../state/image';
import { checkerboardScore, enlarge, pictureKernel, type Convolve } from './layerOnPicture';
import { reduce, type Picture } from './picture';

export const enlargerNames = ['nearest', 'bilinear', 'nails', 'unpooling', 'layer', 'fixed', 'resize', 'subpixel'] as const;
export type EnlargerName = typeof enlargerNames[number];

/** One way to enlarge a picture, and how it did. */
export interface Enlargement {
  readonly name: EnlargerName;
  readonly picture: Picture;
  /** Root mean square of the difference to the original. */
  readonly error: number;
  readonly score: number | undefined;
  /** Multiplications for an output pixel and a pair of channels. */
  readonly cost: number;
}

export interface Comparison {
  readonly original: Picture;
  readonly small: Picture;
  readonly enlargements: readonly Enlargement[];
}

export interface ComparisonOptions {
  /** The last two axes of the user's layer. */
  readonly layer: readonly Axis[];
  /** The same after the fix for even overlap; `undefined` where it is even already, or there is none. */
  readonly fixed: readonly Axis[] | undefined;
  readonly kernel: Exclude<ImageKernel, 'step'>;
  readonly seed: number;
}

/** The original made smaller by the layer's strides, and enlarged again in every way. @param pause awaited between the ways */
export async function compareEnlargers(
  original: Picture, options: ComparisonOptions, convolve: Convolve, pause: (done: number) => Promise<void> = () => Promise.resolve(),
): Promise<Comparison> {
  const [down, across] = strides(options.layer);
  const small = reduce(original, down, across);
  const { planes: batch, height, width } = small;
  const size = [height, width];
  const outputSize = [height * down, width * across];
  const resampling = { batch, channels: 1, size, outputSize };
  const picture = (data: Float32Array): Picture => ({ planes: batch, height: height * down, width: width * across, data });
  const layer = async (axes: readonly Axis[]): Promise<Picture | undefined> =>
    (await enlarge(small, [{ axes, kernel: next => pictureKernel(options.kernel, next, options.seed) }], convolve))?.picture;
  const ways: Readonly<Record<EnlargerName, () => Picture | undefined | Promise<Picture | undefined>>> = {
    nearest: () => picture(nearest(resampling, small.data)),
    bilinear: () => picture(bilinear(resampling, small.data)),
    nails: () => picture(bedOfNails({ batch, channels: 1, size, stride: [down, across], outputSize }, small.data)),
    unpooling: () => {
      const pooling = { batch, channels: 1, axes: [poolAxis(original.height, down), poolAxis(original.width, across)] };
      const pooled = maxPool(pooling, original.data);
      return picture(maxUnpool(pooling, pooled.values, pooled.indices));
    },
    layer: () => layer(options.layer),
    fixed: () => options.fixed === undefined ? undefined : layer(options.fixed),
    resize: () => smoothed(picture(nearest(resampling, small.data)), options, convolve),
    subpixel: () => subPixel(small, options, convolve),
  };
  const enlargements: Enlargement[] = [];
  for (const [index, name] of enlargerNames.entries()) {
    await pause(index / enlargerNames.length);
    const result = await ways[name]();
    if (result === undefined) continue;
    enlargements.push({
      name, picture: result, cost: costOf(name, options), error: difference(result, original),
      score: checkerboardScore({ picture: result, margins: [edge(down), edge(across)], periods: [down, across] }),
    });
  }
  return { original, small, enlargements };
}

/** Multiplications for an output pixel and a pair of channels. */
function costOf(name: EnlargerName, { layer, fixed }: ComparisonOptions): number {
  switch (name) {
    case 'nearest': case 'nails': case 'unpooling': return 0;
    case 'bilinear': return strides(layer).reduce((product, stride) => product * (stride > 1 ? 2 : 1), 1);
    case 'layer': return taps(layer);
    case 'fixed': return taps(fixed ?? []);
    case 'resize': case 'subpixel': return 9;
  }
}

/** Per pixel, where both are: the result minus the original, of one plane. */
export function differencePicture(result: Picture, original: Picture): Picture {
  const height = Math.min(result.height, original.height);
  const width = Math.min(result.width, original.width);
  const data = new Float32Array(height * width);
  for (let plane = 0; plane < original.planes; plane++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const at = y * width + x;
    data[at] = (data[at] ?? 0) + ((result.data[(plane * result.height + y) * result.width + x] ?? 0)
      - (original.data[(plane * original.height + y) * original.width + x] ?? 0)) / original.planes;
  }
  return { planes: 1, height, width, data };
}

/** A size that the strides divide, near `wanted`. */
export function comparableSize(axes: readonly Axis[], wanted: number): number {
  const [down, across] = strides(axes);
  let period = down;
  while (period % across !== 0) period += down;
  return Math.max(1, Math.floor(wanted / period)) * period;
}

export function strides(axes: readonly Axis[]): readonly [number, number] {
  return [axes[axes.length - 2]?.stride ?? 1, axes[axes.length - 1]?.stride ?? 1];
}

/** Multiplications for an output of a transposed convolution on average: kernel size over stride, along each axis. */
function taps(axes: readonly Axis[]): number {
  return axes.slice(-2).reduce((product, axis) => product * axis.kernelSize / axis.stride, 1);
}

function poolAxis(size: number, stride: number): Axis {
  return convolutionAxis({ size, kernelSize: stride, stride });
}

/** Resize and convolve (Odena et al. 2016): an ordinary 3 × 3 convolution on the picture resized by nearest neighbour, its border repeated. */
async function smoothed(picture: Picture, options: ComparisonOptions, convolve: Convolve): Promise<Picture> {
  const { planes, height, width } = picture;
  const kernel = pictureKernel(options.kernel, [unit(3), unit(3)], options.seed);
  const padded = new Float32Array(planes * (height + 2) * (width + 2));
  for (let plane = 0; plane < planes; plane++) for (let y = 0; y < height + 2; y++) for (let x = 0; x < width + 2; x++) {
    const row = Math.min(Math.max(y - 1, 0), height - 1);
    const column = Math.min(Math.max(x - 1, 0), width - 1);
    padded[(plane * (height + 2) + y) * (width + 2) + x] = picture.data[(plane * height + row) * width + column] ?? 0;
  }
  const axes = [convolutionAxis({ size: height + 2, kernelSize: 3 }), convolutionAxis({ size: width + 2, kernelSize: 3 })];
  const geometry = { batch: planes, inputChannels: 1, outputChannels: 1, groups: 1, flip: false, axes };
  return { planes, height, width, data: await convolve('adjoint', geometry, padded, kernel) };
}

/**
 * Sub-pixel convolution (Shi et al. 2016) with 3 × 3 kernels: it is the transposed convolution whose kernel interleaves
 * those kernels, three strides wide, so that it runs as that.
 */
async function subPixel(small: Picture, options: ComparisonOptions, convolve: Convolve): Promise<Picture | undefined> {
  const axes = strides(options.layer).map((stride, axis): Axis => {
    const inputSize = axis === 0 ? small.height : small.width;
    return { inputSize, kernelSize: 3 * stride, stride, dilation: 1, cropLeft: stride, outputSize: inputSize * stride };
  });
  return (await enlarge(small, [{ axes, kernel: next => pictureKernel(options.kernel, next, options.seed) }], convolve))?.picture;
}

function difference(result: Picture, original: Picture): number {
  const height = Math.min(result.height, original.height);
  const width = Math.min(result.width, original.width);
  let sum = 0;
  for (let plane = 0; plane < original.planes; plane++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    sum += ((result.data[(plane * result.height + y) * result.width + x] ?? 0) - (original.data[(plane * original.height + y) * original.width + x] ?? 0)) ** 2;
  }
  return Math.sqrt(sum / (original.planes * height * width));
}

/** Enough to leave out whatever any of the ways does at the borders: whole periods. */
function edge(stride: number): { readonly left: number; readonly right: number } {
  return { left: 4 * stride, right: 4 * stride };
}

function unit(kernelSize: number): Axis {
  return { inputSize: 1, kernelSize, stride: 1, dilation: 1, cropLeft: 0, outputSize: 1 };
}
