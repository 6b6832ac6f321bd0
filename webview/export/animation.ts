import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Picture } from './picture';
import { rasterize } from './raster';

export interface AnimationOptions {
  /** Milliseconds a frame; the last one stays longer. */
  readonly delay: number;
  readonly signal: AbortSignal;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

const lastFrame = 2000;
/** A frame stays under the next one (GIF89a, disposal method 1). */
const leaveInPlace = 1;
/** One of the 256 that a GIF can have stands for what stays as it was. */
const mostColours = 255;

/**
 * Pictures as an animated GIF that repeats.
 * @param frame draws the n-th of `count`.
 * @throws the signal's reason when it is aborted.
 */
export async function gifOf(count: number, frame: (index: number) => Promise<Picture>, { delay, signal, onProgress }: AnimationOptions): Promise<Uint8Array<ArrayBuffer>> {
  const pictures: Picture[] = [];
  for (let index = 0; index < count; index++) {
    signal.throwIfAborted();
    pictures.push(await frame(index));
    onProgress((index + 1) / count / 2);
    // Lets the page paint and take a press on Cancel.
    await pause();
  }
  const room = { width: Math.max(...pictures.map(picture => picture.width)), height: Math.max(...pictures.map(picture => picture.height)) };
  const palette = await paletteOf(pictures, room);
  const unchanged = palette.length;
  const encoder = GIFEncoder();
  let before: Uint8Array | undefined;
  for (const [index, picture] of pictures.entries()) {
    signal.throwIfAborted();
    const { data, width, height } = pixelsOf(await rasterize(picture, 1, room));
    const pixels = applyPalette(data, palette);
    encoder.writeFrame(before === undefined ? pixels : changesOf(before, pixels, unchanged), width, height, {
      delay: index === count - 1 ? Math.max(delay, lastFrame) : delay, dispose: leaveInPlace,
      ...(before === undefined ? { palette: [...palette, [0, 0, 0]] } : { transparent: true, transparentIndex: unchanged }),
    });
    before = pixels;
    onProgress(0.5 + (index + 1) / count / 2);
    await pause();
  }
  encoder.finish();
  return encoder.bytes();
}

/** The pixels that differ; the others have the index `unchanged`, which takes next to no room. */
function changesOf(before: Uint8Array, after: Uint8Array, unchanged: number): Uint8Array {
  return after.map((colour, index) => colour === before[index] ? unchanged : colour);
}

/** Colours that serve all frames: found in the first, the last and one between. */
async function paletteOf(pictures: readonly Picture[], room: { readonly width: number; readonly height: number }): Promise<ReturnType<typeof quantize>> {
  const chosen = [0, Math.floor(pictures.length / 2), pictures.length - 1].flatMap(index => pictures[index] ?? []);
  const samples: Uint8ClampedArray[] = [];
  for (const picture of chosen) samples.push(pixelsOf(await rasterize(picture, 1, room)).data);
  const all = new Uint8ClampedArray(samples.reduce((sum, sample) => sum + sample.length, 0));
  let at = 0;
  for (const sample of samples) {
    all.set(sample, at);
    at += sample.length;
  }
  return quantize(all, mostColours);
}

function pixelsOf(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

function pause(): Promise<void> {
  return new Promise(resolve => { setTimeout(resolve); });
}
