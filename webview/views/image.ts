import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Axis } from '../../src/geometry/axis';
import { strideMarks } from '../canvas/picturePainter';
import { icon } from '../controls/icon';
import { PanZoom } from '../controls/panZoom';
import '../controls/picture';
import { acceptDroppedPicture, type OwnPicture } from '../controls/pictureSource';
import '../controls/progress';
import { Room } from '../controls/room';
import { decoderOf } from '../layer/decoder';
import { decimal, sizeText } from '../format';
import { startingSize } from '../images/layerOnPicture';
import type { Section } from '../images/pixels';
import type { Model } from '../layer/model';
import { makeNumbers } from '../grids/numbers';
import type { State } from '../state';
import { pictureSizes, type ImageKernel, type ImageState, type PictureSize, type SampleName } from '../state/image';
import { shared } from '../styles';
import type { AnalysisJob, DrawsJob, ImageJob, ImageResult, InputJob, KernelChoice, Passage, PictureChoice, Piece } from '../worker/jobs';
import { computePicture } from '../worker/pictures';
import { PictureTask } from '../worker/pictureTask';
import { seedOf } from '../worker/seeds';
import { changeState } from './change';
import { kernelNames } from './kernelNames';

const kernelNotes: Readonly<Record<ImageKernel, string>> = {
  random: 'Random weights between 0 and 1, scaled to keep the brightness.',
  constant: 'All weights equal: a flat field then shows the contribution counts themselves.',
  glorot: 'Random weights of both signs, as a layer starts out. Such weights differ between the positions of a period, so that even layers show a pattern too.',
  bilinear: 'Weights of linear interpolation. Where the kernel is twice the stride, no pattern is left.',
  icnr: 'Random, but the same for all positions of a period: even layers start without any pattern.',
  step: 'The kernel of step view, with your edits.',
};
/** No wider than this, so that a row of layers does not take for ever. */
const largestOutput = 1024;
/** Side of a picture on the page, and of the output where it is large. */
const side = 256;
const largeSide = 512;
const detailSize = 64;
const drawCount = 4;

/** The layer applied to a picture: what its overlap does to what one sees. */
@customElement('tconv-image-view')
export class ImageView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) settings!: ImageState;
  @property({ attribute: false }) whole!: State;
  @state() private own: OwnPicture | undefined;
  private readonly input = new PictureTask<InputJob>(this, computePicture);
  private readonly task = new PictureTask<ImageJob>(this, computePicture);
  /** Of the output that is shown: waits for it, and gives way to the next. */
  private readonly analysis = new PictureTask<AnalysisJob>(this, computePicture);
  private passage: { readonly key: string; readonly about: Passage } | undefined;
  private readonly draws = new PictureTask<DrawsJob>(this, computePicture);
  private readonly pan = new PanZoom(this, [0.5, 0.5]);
  private readonly room = new Room(this);

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; }
    .result { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
    .pictures { display: flex; flex-wrap: wrap; gap: 18px; align-items: flex-start; border-radius: 3px; touch-action: pan-y; }
    .score { font-size: 1.1em; }
    .draws { display: grid; grid-template-columns: repeat(2, max-content); gap: 8px; }
    .draws strong { grid-column: 1 / -1; margin-bottom: -4px; }
    tconv-progress { margin: -9px 0; }
    .draws button { display: grid; gap: 2px; padding: 4px; justify-items: center; font-variant-numeric: tabular-nums; }
    .draws button[aria-pressed='true'] { outline: 2px solid var(--vscode-focusBorder); outline-offset: 0; }
    details { max-width: 72ch; }
    .movable { cursor: grab; }
  `];

  constructor() {
    super();
    acceptDroppedPicture(this);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('model') || changed.has('settings') || changed.has('own')) this.wantPictures();
    const { passage } = this;
    if (passage === undefined) return;
    if (this.task.busy) this.analysis.stop();
    else this.analysis.want(passage.key, () => ({ kind: 'analysis', ...passage.about }));
  }

  private wantPictures(): void {
    const rows = this.row();
    if (rows === undefined) {
      this.passage = undefined;
      for (const task of [this.input, this.task, this.analysis, this.draws]) task.drop();
      return;
    }
    const { sample: name, kernel, seed } = this.settings;
    const picture: PictureChoice = name === 'own' ? this.own?.picture ?? 'scene' : name;
    const size = startingSize(rows, this.settings.size, largestOutput);
    const step = kernel === 'step' ? this.stepKernel() : undefined;
    const about = JSON.stringify([name === 'own' ? this.own?.name : name, rows, kernel, step && [...step]]);
    const layers = rows.map((axes, turn) => ({ axes, kernel: step === undefined ? namedKernel(kernel, seedOf(seed, turn)) : { name: 'step', values: step } as const }));
    this.passage = { key: `${about} ${size} ${seed}`, about: { picture, size, layers } };
    const { key, about: passage } = this.passage;
    this.input.want(JSON.stringify([name === 'own' ? this.own?.name : name, size]), () => ({ kind: 'input', picture, size }));
    this.task.want(key, () => ({ kind: 'image', ...passage, side: largeSide, centre: this.pan.centre }));
    if (!isDrawn(kernel)) { this.draws.drop(); return; }
    this.draws.want(about, () => ({ kind: 'draws', picture, layers: rows, kernel, seeds: Array.from({ length: drawCount }, (_, index) => index + 1) }));
  }

  override render(): TemplateResult {
    const { result, failure, progress } = this.task;
    const busy = this.input.busy || this.task.busy || this.analysis.busy;
    if (this.model.axes === undefined) {
      return html`<p class="muted">The framework rejects these settings, so there is no picture. What it says stands beside the controls.</p>`;
    }
    return html`
      ${this.renderControls()}
      <p class="prose muted">${kernelNotes[this.settings.kernel]}${this.model.layer.rank === 1 ? ' Each row of the picture is a signal of its own.' : ''}${this.model.layer.rank === 3 ? ' The last two axes are shown.' : ''}</p>
      <tconv-progress label="Computing the picture" .done=${progress ?? this.analysis.progress}></tconv-progress>
      <div class="result" aria-busy=${busy}>${result !== undefined ? this.renderResult(result)
        : html`<p class="muted">${failure !== '' ? `It could not be computed: ${failure}` : busy ? 'Computing…' : 'A layer leaves nothing of this picture.'}</p>`}</div>`;
  }

  private renderResult(output: ImageResult): TemplateResult {
    const { range } = output;
    const { score, spectrum, periods } = this.analysis.result ?? {};
    const input = this.input.result;
    const piece = this.analysis.resultKey === this.task.resultKey ? this.analysis.result?.whole ?? output.part : output.part;
    const room = Math.max(96, Math.min(this.room.width - 2, largeSide));
    const outputFrame = this.pan.frame(output, Math.min(room, output.width <= side ? side : largeSide), 1);
    const inputFrame = input && this.pan.frame(input, Math.min(room, side), 1);
    const detail = this.pan.frame(output, Math.min(room, side), Math.max(1, Math.min(output.width, side) / detailSize));
    const movable = output.width > detailSize;
    const plain = this.settings.kernel !== 'glorot' && this.settings.kernel !== 'step';
    const part = outputFrame.section.width < output.width ? html` <span>A part is shown; drag it, or use the arrow keys.</span>` : nothing;
    return html`<p class="score" role="status"><strong>Checkerboard score ${score === undefined ? '–' : decimal(score, 3)}</strong> <span class="muted">${this.analysis.result === undefined ? '' : scoreWords(score)}</span></p>
      <div class=${movable ? 'pictures movable' : 'pictures'} role="group" tabindex="0" aria-label="Pictures. Arrow keys move the section shown."
        @keydown=${this.pan.onKey} @pointerdown=${(event: PointerEvent) => { this.pan.onDown(event, output.width * outputFrame.scale); }}
        @pointermove=${this.pan.onMove} @pointerup=${this.pan.onUp} @pointercancel=${this.pan.onUp}>
        ${input === undefined || inputFrame === undefined ? nothing : html`<tconv-picture heading=${`Input ${sizeText([input.height, input.width])}`} .picture=${input} .section=${inputFrame.section} .scale=${inputFrame.scale}></tconv-picture>`}
        <tconv-picture heading=${`Output ${sizeText([output.height, output.width])}`} .picture=${piece.pixels} .section=${inPiece(outputFrame.section, piece)} .scale=${outputFrame.scale}
          label=${`The output. Checkerboard score ${score === undefined ? 'unknown' : decimal(score, 3)}`}>
          <span class="muted">${plain ? 'Black is 0, white 1.' : `Black is ${decimal(range[0])}, white ${decimal(range[1])}.`}${part}</span></tconv-picture>
        <tconv-picture heading="Enlarged" .picture=${piece.pixels} .section=${inPiece(detail.section, piece)} .scale=${detail.scale} label="A part of the output, enlarged">
          <span class="muted">${decimal(detail.scale)}×, ${sizeText([detail.section.height, detail.section.width])} pixels.</span></tconv-picture>
        ${spectrum === undefined || periods === undefined ? nothing : html`<tconv-picture heading="Spectrum of the output (log)" .picture=${spectrum} .scale=${Math.max(1, Math.floor(Math.min(room, side) / spectrum.width))} .marks=${strideMarks(periods)}
          label="Fourier spectrum of the output, the stride frequencies circled"><span class="muted">Circles: frequencies of the stride. Energy there is a repeating pattern.</span></tconv-picture>`}
        ${this.renderDraws()}
      </div>
      <details><summary>What the score is</summary><p>The output positions are sorted by their place in the stride's period${periods === undefined ? '' : ` (${sizeText(periods)})`}. The score is the standard deviation of the means of these classes, divided by the mean absolute value; edges are left out. 0 means that no place in the period differs from another on average. On a flat field it measures the spread of the sums of the kernel's polyphase components, which is zero exactly when the layer leaves no checkerboard on it (<a href="https://arxiv.org/abs/1802.02892">Sugawara, Shiota and Kiya 2018</a>). The measure itself is this playground's own.</p></details>`;
  }

  /** The same with other weights, small: one draw says little. */
  private renderDraws(): TemplateResult | typeof nothing {
    const { result } = this.draws;
    if (result === undefined || result.length === 0) return nothing;
    return html`<div class="draws" role="group" aria-labelledby="draws"><strong id="draws">Other weights, other scores</strong>${result.map(({ seed, pixels, score }) => html`
      <button aria-pressed=${seed === this.settings.seed} @click=${() => { this.change({ seed }); }}>
        <tconv-picture .picture=${pixels} label=${`Draw ${seed}, score`} narrow></tconv-picture><span>${score === undefined ? '–' : decimal(score, 2)}</span></button>`)}</div>`;
  }

  private renderControls(): TemplateResult {
    const { kernel, repeats, size, wholeDecoder } = this.settings;
    const decoder = decoderOf(this.model);
    const row = wholeDecoder && decoder !== undefined ? 'decoder' : String(repeats);
    const used = this.input.result?.width;
    return html`<div class="row">
      <tconv-picture-source .value=${this.settings.sample} .own=${this.own} @choose=${this.onSample} @own-picture=${this.onOwn}></tconv-picture-source>
      <label>Size <select aria-label="Size" @change=${(event: Event) => { this.change({ size: Number((event.target as HTMLSelectElement).value) as PictureSize }); }}>
        ${pictureSizes.map(value => html`<option value=${value} .selected=${value === size}>${value} × ${value}</option>`)}</select></label>
      <label>Kernel <select aria-label="Kernel" @change=${(event: Event) => { this.change({ kernel: (event.target as HTMLSelectElement).value as ImageKernel }); }}>
        ${Object.entries(kernelNames).map(([value, name]) => html`<option value=${value} .selected=${value === kernel}>${name}</option>`)}</select></label>
      ${isDrawn(kernel) ? html`<button class="icon" title="Draw other weights" @click=${() => { this.change({ seed: this.settings.seed + 1 }); }}>${icon('again')}<span class="hidden-text">Draw other weights</span></button>` : nothing}
      <label>Layers in a row <select aria-label="Layers in a row" @change=${(event: Event) => { this.onRow((event.target as HTMLSelectElement).value); }}>
        ${['1', '2', '3'].map(count => html`<option value=${count} .selected=${count === row}>${count === '1' ? 'this one' : `this one ${count} times`}</option>`)}
        ${decoder === undefined ? nothing : html`<option value="decoder" .selected=${row === 'decoder'}>the model's ${decoder.layers.length}</option>`}</select></label>
      ${used !== undefined && used < size && !this.task.busy ? html`<span class="muted">Cut to ${sizeText([used, used])} to fit.</span>` : nothing}
    </div>`;
  }

  /** The axes of the layers that the picture goes through. */
  private row(): readonly (readonly Axis[])[] | undefined {
    const { axes } = this.model;
    if (axes === undefined) return undefined;
    const decoder = this.settings.wholeDecoder ? decoderOf(this.model) : undefined;
    return decoder?.layers.map(layer => layer.axes) ?? Array.from({ length: this.settings.repeats }, () => axes);
  }

  /** Step view's first kernel, as the layer applies it. */
  private stepKernel(): Float32Array | undefined {
    const { axes, flip } = this.model;
    const numbers = axes === undefined ? undefined : makeNumbers(axes, this.whole.step, flip);
    const size = axes?.slice(-2).reduce((product, axis) => product * axis.kernelSize, 1);
    const values = numbers?.kernel.slice(0, size);
    return flip ? values?.reverse() : values;
  }

  private onRow(value: string): void {
    this.change(value === 'decoder' ? { wholeDecoder: true } : { wholeDecoder: false, repeats: Number(value) });
  }

  private onSample(event: CustomEvent<string>): void {
    event.stopPropagation();
    this.change({ sample: event.detail as SampleName | 'own' });
  }

  private onOwn(event: CustomEvent<OwnPicture>): void {
    this.own = event.detail;
    this.change({ sample: 'own' });
  }

  private change(change: Partial<ImageState>): void {
    changeState(this, { image: { ...this.settings, ...change } });
  }
}

/** Where the section lies in the piece; as near as it has it, until all of the picture is there. */
function inPiece(section: Section, { section: has }: Piece): Section {
  const height = Math.min(section.height, has.height);
  const width = Math.min(section.width, has.width);
  return {
    height, width, top: Math.min(Math.max(section.top - has.top, 0), has.height - height), left: Math.min(Math.max(section.left - has.left, 0), has.width - width),
  };
}

function scoreWords(score: number | undefined): string {
  if (score === undefined) return 'the output is too small to tell';
  if (score < 0.001) return 'no repeating pattern';
  if (score < 0.02) return 'hardly visible';
  return score < 0.1 ? 'visible on flat areas' : 'plainly visible';
}

function isDrawn(kernel: ImageKernel): kernel is 'random' | 'glorot' | 'icnr' {
  return kernel === 'random' || kernel === 'glorot' || kernel === 'icnr';
}

function namedKernel(name: ImageKernel, seed: number): KernelChoice {
  return { name: name === 'step' ? 'constant' : name, seed };
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-image-view': ImageView }
}
