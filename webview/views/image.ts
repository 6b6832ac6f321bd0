import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Axis } from '../../src/geometry/axis';
import { icon } from '../controls/icon';
import '../controls/picture';
import '../controls/pictureSource';
import type { OwnPicture, PictureSource } from '../controls/pictureSource';
import { decimal, sizeText } from '../format';
import { checkerboardScore, enlarge, pictureKernel, startingSize, type Enlarged } from '../images/layerOnPicture';
import { crop, extent, resized, type Picture } from '../images/picture';
import { sample } from '../images/samples';
import { logSpectrum } from '../images/spectrum';
import type { Model } from '../model';
import { makeNumbers } from '../numbers';
import type { State } from '../state';
import type { ImageKernel, ImageState, SampleName } from '../state/image';
import { shared } from '../styles';
import { kernelNames } from './kernelNames';
import { changeState } from './change';

const kernelNotes: Readonly<Record<ImageKernel, string>> = {
  random: 'Random weights between 0 and 1, scaled to keep the brightness.',
  constant: 'All weights equal: a flat field then shows the contribution counts themselves.',
  glorot: 'Random weights of both signs, as a layer starts out. Such weights differ between the positions of a period, so that even layers show a pattern too.',
  bilinear: 'Weights of linear interpolation. Where the kernel is twice the stride, no pattern is left.',
  icnr: 'Random, but the same for all positions of a period: even layers start without any pattern.',
  step: 'The kernel of step view, with your edits.',
};
/** As large as can be shown pixel by pixel, side by side. */
const largestOutput = 256;
const detailSize = 64;

/** The layer applied to a picture: what its overlap does to what one sees. */
@customElement('tconv-image-view')
export class ImageView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) settings!: ImageState;
  @property({ attribute: false }) whole!: State;
  @state() private own: OwnPicture | undefined;
  @query('tconv-picture-source') private source: PictureSource | null | undefined;
  private input: Picture | undefined;
  private result: Enlarged | undefined;
  private spectrum: Picture | undefined;

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; }
    .pictures { display: flex; flex-wrap: wrap; gap: 18px; align-items: flex-start; }
    .pictures > * { flex: 0 1 auto; }
    .score { font-size: 1.1em; }
    details { max-width: 72ch; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('dragover', this.onDragOver);
    this.addEventListener('drop', this.onDrop);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('model') && !changed.has('settings') && !changed.has('own') && this.result !== undefined) return;
    const { axes } = this.model;
    this.result = undefined;
    if (axes === undefined) return;
    const { sample: name, repeats } = this.settings;
    const size = startingSize(axes, repeats, largestOutput);
    this.input = name === 'own' && this.own !== undefined ? resized(this.own.picture, size) : sample(name === 'own' ? 'scene' : name, size);
    this.result = enlarge(this.input, axes, repeats, (next, turn) => this.kernel(next, turn));
    this.spectrum = this.result === undefined ? undefined : logSpectrum(this.result.picture);
  }

  override render(): TemplateResult {
    const { result, input, spectrum } = this;
    if (result === undefined || input === undefined || spectrum === undefined) {
      return html`<p class="muted">The framework rejects these settings, so there is no picture. What it says stands beside the controls.</p>`;
    }
    const { picture, periods } = result;
    const signed = this.settings.kernel === 'glorot' || this.settings.kernel === 'step';
    const range = signed ? stretched(picture) : [0, 1] as const;
    const score = checkerboardScore(result);
    const detail = middle(picture, detailSize);
    return html`
      ${this.renderControls()}
      <p class="prose muted">${kernelNotes[this.settings.kernel]}${this.model.layer.rank === 1 ? ' Each row of the picture is a signal of its own.' : ''}${this.model.layer.rank === 3 ? ' The last two axes are shown.' : ''}</p>
      <div class="pictures">
        <tconv-picture heading=${`Input ${sizeText([input.height, input.width])}`} .picture=${input} .width=${wholeWidth(input)}></tconv-picture>
        <tconv-picture heading=${`Output ${sizeText([picture.height, picture.width])}`} .picture=${picture} .width=${wholeWidth(picture)}
          .look=${{ map: 'natural', range }} label=${`The output. Checkerboard score ${score === undefined ? 'unknown' : decimal(score, 3)}`}>
          <span class="muted">${signed ? `black is ${decimal(range[0])}, white ${decimal(range[1])}` : 'black is 0, white 1'}</span></tconv-picture>
        <tconv-picture heading="Its middle, enlarged" .picture=${detail} .width=${wholeWidth(detail)} .look=${{ map: 'natural', range }} label="The middle of the output, enlarged"></tconv-picture>
        <tconv-picture heading="Spectrum of the output (log)" .picture=${spectrum} .width=${wholeWidth(spectrum)} .look=${{ map: 'amount', range: [0, 1], marks: strideMarks(periods) }}
          label="Fourier spectrum of the output, the stride frequencies circled"><span class="muted">Circles: frequencies of the stride. Energy there is a repeating pattern.</span></tconv-picture>
      </div>
      <div class="score" role="status"><strong>Checkerboard score ${score === undefined ? '–' : decimal(score, 3)}</strong> <span class="muted">${scoreWords(score)}</span></div>
      <details><summary>What the score is</summary><p>The output positions are sorted by their place in the stride's period (${sizeText(periods)}). The score is the standard deviation of the means of these classes, divided by the mean absolute value; edges are left out. 0 means that no place in the period differs from another on average. On a flat field it measures the spread of the sums of the kernel's polyphase components, which is zero exactly when the layer leaves no checkerboard on it (Sugawara, Shiota and Kiya 2018).</p></details>`;
  }

  private renderControls(): TemplateResult {
    const { kernel, repeats } = this.settings;
    return html`<div class="row">
      <tconv-picture-source .value=${this.settings.sample} .own=${this.own} @choose=${this.onSample} @own-picture=${this.onOwn}></tconv-picture-source>
      <label>Kernel <select aria-label="Kernel" @change=${(event: Event) => { this.change({ kernel: (event.target as HTMLSelectElement).value as ImageKernel }); }}>
        ${Object.entries(kernelNames).map(([value, name]) => html`<option value=${value} .selected=${value === kernel}>${name}</option>`)}</select></label>
      ${['random', 'glorot', 'icnr'].includes(kernel) ? html`<button @click=${() => { this.change({ seed: this.settings.seed + 1 }); }}>${icon('again')}<span class="hidden-text">Draw other weights</span></button>` : nothing}
      <label>Layers in a row <select aria-label="Layers in a row" @change=${(event: Event) => { this.change({ repeats: Number((event.target as HTMLSelectElement).value) }); }}>
        ${[1, 2, 3].map(count => html`<option value=${count} .selected=${count === repeats}>${count}</option>`)}</select></label>
    </div>`;
  }

  private kernel(axes: readonly [Axis, Axis], turn: number): Float32Array {
    const { kernel, seed } = this.settings;
    if (kernel !== 'step') return pictureKernel(kernel, axes, seed + turn * 1000);
    const numbers = this.model.axes === undefined ? undefined : makeNumbers(this.model.axes, this.whole.step, this.model.flip);
    const size = axes[0].kernelSize * axes[1].kernelSize;
    const values = numbers?.kernel.slice(0, size);
    return (this.model.flip ? values?.reverse() : values) ?? pictureKernel('constant', axes, seed);
  }

  private onSample(event: CustomEvent<string>): void {
    event.stopPropagation();
    this.change({ sample: event.detail as SampleName | 'own' });
  }

  private onOwn(event: CustomEvent<OwnPicture>): void {
    this.own = event.detail;
    this.change({ sample: 'own' });
  }

  private readonly onDragOver = (event: DragEvent): void => {
    event.preventDefault();
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void this.source?.take(file);
  };

  private change(change: Partial<ImageState>): void {
    changeState(this, { image: { ...this.settings, ...change } });
  }
}

function scoreWords(score: number | undefined): string {
  if (score === undefined) return 'the output is too small to tell';
  if (score < 0.001) return 'no repeating pattern';
  if (score < 0.02) return 'hardly visible';
  return score < 0.1 ? 'visible on flat areas' : 'plainly visible';
}

/** Where the harmonics of the periods stand in a spectrum with frequency 0 in its middle, as shares of its size. */
function strideMarks(periods: readonly [number, number]): readonly (readonly [number, number])[] {
  // The highest frequency stands at both borders.
  const places = (period: number): readonly number[] => Array.from({ length: period + 1 }, (_, index) => 0.5 + (index - Math.floor(period / 2)) / period)
    .filter(place => place >= 0 && place <= 1);
  const marks = places(periods[0]).flatMap(y => places(periods[1]).map(x => [x, y] as const)).filter(([x, y]) => x !== 0.5 || y !== 0.5);
  return marks.length > 100 ? [] : marks;
}

function stretched(picture: Picture): readonly [number, number] {
  const [least, most] = extent(picture);
  return most - least < 1e-6 ? [least - 0.5, most + 0.5] : [least, most];
}

/** A width on the page that shows every pixel as large as the next. */
function wholeWidth(picture: Picture): number {
  return picture.width * Math.max(1, Math.round(256 / picture.width));
}

function middle(picture: Picture, size: number): Picture {
  const height = Math.min(size, picture.height);
  const width = Math.min(size, picture.width);
  return crop(picture, Math.floor((picture.height - height) / 2), Math.floor((picture.width - width) / 2), height, width);
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-image-view': ImageView }
}
