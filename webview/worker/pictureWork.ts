import { SlicedKernel } from '../../src/kernel/slicedKernel';
import { compareEnlargers, differencePicture, type Comparison, type Enlargement } from '../images/enlargers';
import { checkerboardScore, enlarge, enlargePart, pictureKernel, startingSize, type Convolve, type Enlarged, type PictureLayer } from '../images/layerOnPicture';
import { crop, extent, resized, type Picture } from '../images/picture';
import { sectionAround, toLevels, toPixels, type Levels, type Pixels, type Range, type Section } from '../images/pixels';
import { sample } from '../images/samples';
import { logSpectrum } from '../images/spectrum';
import type { Port } from './jobMessages';
import { seedOf } from './seeds';
import { serveJobs, type Outcome, type Turn } from './serveJobs';
import type {
  AnalysisJob, AnalysisResult, CompareJob, CompareResult, Draw, DrawsJob, ImageJob, ImageResult, KernelChoice, LayerChoice, Passage, PictureChoice, PictureJob, PictureResult, ShownPicture,
} from './jobs';

/** Does picture jobs that come in through the port: inside a worker, or in slices on the page itself. */
export function servePictures(port: Port): void {
  const work = new PictureWork();
  serveJobs<PictureJob, PictureResult>(port, (job, turn) => work.do(job, turn));
}

/** Side of the pictures of several draws, and of what is enlarged for them. */
const drawSize = 64;

/** The work itself, and what it keeps between jobs: samples and the kernel's memory. */
export class PictureWork {
  private readonly kernel = new SlicedKernel();
  /** A kernel keeps the memory of its last geometry: parts have their own. */
  private readonly partKernel = new SlicedKernel();
  private readonly samples = new Map<string, Picture>();
  private passed: { readonly key: string; readonly enlarged: Enlarged | undefined } | undefined;
  private compared: { readonly key: string; readonly comparison: Comparison } | undefined;

  async do(job: PictureJob, turn: Turn): Promise<Outcome<PictureResult>> {
    switch (job.kind) {
      case 'input': return sent(toPixels(this.picture(job.picture, job.size), [0, 1]), pixels => [pixels]);
      case 'image': return sent(await this.image(job, turn), result => [result.part.pixels]);
      case 'analysis': return sent(await this.analysis(job, turn), result => [result.whole.pixels, result.spectrum]);
      case 'draws': return sent(await this.draws(job, turn), draws => draws.map(draw => draw.pixels));
      case 'compare': return sent(await this.compare(job, turn), result => [result.original, ...result.enlargements].map(each => each.picture));
    }
  }

  private async image(job: ImageJob, turn: Turn): Promise<ImageResult | undefined> {
    const sectionOf = (size: { readonly height: number; readonly width: number }): Section => sectionAround(size, job.centre, job.side);
    if (!hasBothSigns(job.layers)) {
      const input = this.picture(job.picture, job.size);
      const made = await enlargePart(input, job.layers.map(pictureLayer), sectionOf, this.convolve(turn, 0, 0.9, this.partKernel));
      return made && { height: made.height, width: made.width, range: plainRange, part: { section: made.section, pixels: toPixels(made.picture, plainRange) } };
    }
    // Black and white are the least and the most of all of it.
    const enlarged = await this.passage(job, turn);
    if (enlarged === undefined) return undefined;
    const { picture } = enlarged;
    const range = rangeFor(job.layers, picture);
    const section = sectionOf(picture);
    return { height: picture.height, width: picture.width, range, part: { section, pixels: toPixels(picture, range, section) } };
  }

  private async analysis(job: AnalysisJob, turn: Turn): Promise<AnalysisResult | undefined> {
    const enlarged = await this.passage(job, turn);
    if (enlarged === undefined) return undefined;
    const { picture, periods } = enlarged;
    const score = checkerboardScore(enlarged);
    await turn.pause(0.7);
    const spectrum = toLevels(logSpectrum(picture), 'amount', [0, 1]);
    await turn.pause(0.9);
    const pixels = toPixels(picture, rangeFor(job.layers, picture));
    return { score, periods, spectrum, whole: { section: { top: 0, left: 0, height: picture.height, width: picture.width }, pixels } };
  }

  /** The last is kept, since its picture is asked for first and then what there is to say of it. */
  private async passage({ picture, size, layers }: Passage, turn: Turn): Promise<Enlarged | undefined> {
    const key = typeof picture === 'string' ? JSON.stringify([picture, size, layers]) : undefined;
    if (key !== undefined && this.passed?.key === key) return this.passed.enlarged;
    const input = this.picture(picture, size);
    await turn.pause(0.1);
    const enlarged = await enlarge(input, layers.map(pictureLayer), this.convolve(turn, 0.1, 0.6));
    this.passed = key === undefined ? undefined : { key, enlarged };
    await turn.pause(0.6);
    return enlarged;
  }

  private async draws({ picture, layers, kernel, seeds }: DrawsJob, turn: Turn): Promise<readonly Draw[]> {
    const size = startingSize(layers, drawSize, 2 * drawSize);
    const input = this.picture(picture, size);
    const draws: Draw[] = [];
    for (const seed of seeds) {
      await turn.pause(draws.length / seeds.length);
      const chosen = layers.map((axes, turnOf): LayerChoice => ({ axes, kernel: { name: kernel, seed: seedOf(seed, turnOf) } }));
      const enlarged = await enlarge(input, chosen.map(pictureLayer), this.convolve(turn, 0, 0));
      if (enlarged === undefined) continue;
      const shown = middle(enlarged.picture, drawSize);
      draws.push({ seed, score: checkerboardScore(enlarged), pixels: toPixels(shown, rangeFor(chosen, shown)) });
    }
    return draws;
  }

  private async compare(job: CompareJob, turn: Turn): Promise<CompareResult> {
    const { original, small, enlargements } = await this.comparison(job, turn);
    const look = (picture: Picture, signed: boolean): ShownPicture => {
      if (job.show === 'spectrum') return { range: [0, 1], picture: toLevels(logSpectrum(picture), 'amount', [0, 1]) };
      const range: Range = job.show === 'difference' ? [-0.5, 0.5] : signed ? stretched(picture) : [0, 1];
      return { range, picture: job.show === 'difference' ? toLevels(differencePicture(picture, original), 'signed', range) : toPixels(picture, range) };
    };
    const shown = [];
    for (const enlargement of enlargements) {
      await turn.pause(0.6 + 0.4 * shown.length / enlargements.length);
      const { name, error, score, cost, picture } = enlargement;
      shown.push({ name, error, score, cost, ...look(picture, job.kernel === 'glorot' && hasKernel(enlargement)) });
    }
    return { original: look(original, false), smallSize: [small.height, small.width], enlargements: shown };
  }

  /** The last comparison is kept: another way to show it needs no other numbers. */
  private async comparison(job: CompareJob, turn: Turn): Promise<Comparison> {
    const { picture, size, layer, fixed, kernel, seed } = job;
    const key = typeof picture === 'string' ? JSON.stringify([picture, size, layer, fixed, kernel, seed]) : undefined;
    if (key !== undefined && this.compared?.key === key) return this.compared.comparison;
    const comparison = await compareEnlargers(this.picture(picture, size), { layer, fixed, kernel, seed }, this.convolve(turn, 0, 0), done => turn.pause(0.6 * done));
    this.compared = key === undefined ? undefined : { key, comparison };
    return comparison;
  }

  private picture(choice: PictureChoice, size: number): Picture {
    if (typeof choice !== 'string') return resized(choice, size);
    const key = `${choice} ${size}`;
    const made = this.samples.get(key) ?? sample(choice, size);
    if (this.samples.size >= 12) this.samples.clear();
    this.samples.set(key, made);
    return made;
  }

  /** The kernel, reporting its part of a job that reaches from `start` to `end`. */
  private convolve(turn: Turn, start: number, end: number, kernel = this.kernel): Convolve {
    return async (direction, geometry, input, weights) => {
      const result = await kernel.compute({ geometry, direction, operands: [input, weights] }, done => turn.pause(start + (end - start) * done));
      return result instanceof Float32Array ? result : Float32Array.from(result);
    };
  }
}

function pictureLayer({ axes, kernel }: LayerChoice): PictureLayer {
  return { axes, kernel: next => kernelFor(kernel, next) };
}

function kernelFor(kernel: KernelChoice, axes: Parameters<PictureLayer['kernel']>[0]): Float32Array {
  if (kernel.name !== 'step') return pictureKernel(kernel.name, axes, kernel.seed);
  return kernel.values.length === axes[0].kernelSize * axes[1].kernelSize ? kernel.values : pictureKernel('constant', axes, 1);
}

/** Black to white from 0 to 1, except where weights have both signs. */
function rangeFor(layers: readonly LayerChoice[], picture: Picture): Range {
  return hasBothSigns(layers) ? stretched(picture) : plainRange;
}

const plainRange: Range = [0, 1];

function hasBothSigns(layers: readonly LayerChoice[]): boolean {
  return layers.some(({ kernel }) => kernel.name === 'glorot' || kernel.name === 'step');
}

function stretched(picture: Picture): Range {
  const [least, most] = extent(picture);
  return most - least < 1e-6 ? [least - 0.5, most + 0.5] : [least, most];
}

function hasKernel({ name }: Enlargement): boolean {
  return name === 'layer' || name === 'fixed' || name === 'resize' || name === 'subpixel';
}

function middle(picture: Picture, size: number): Picture {
  const height = Math.min(size, picture.height);
  const width = Math.min(size, picture.width);
  return crop(picture, Math.floor((picture.height - height) / 2), Math.floor((picture.width - width) / 2), height, width);
}

/** A result whose pixels are handed over, not copied. */
function sent<Result extends PictureResult>(result: Result, pictures: (result: NonNullable<Result>) => readonly (Pixels | Levels)[]): Outcome<Result> {
  return { result, transfer: result === undefined ? [] : pictures(result).map(each => ('data' in each ? each.data : each.levels).buffer) };
}
