import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Axis } from '../../src/geometry/axis';
import { evenAlternative } from '../../src/geometry/resize';
import { strideMarks, type Marks } from '../canvas/picturePainter';
import { icon } from '../controls/icon';
import { PanZoom } from '../controls/panZoom';
import '../controls/picture';
import { acceptDroppedPicture, type OwnPicture } from '../controls/pictureSource';
import '../controls/progress';
import { Room } from '../controls/room';
import '../controls/segmented';
import { decimal, largeNumber, sizeText } from '../format';
import { comparableSize, strides, type EnlargerName } from '../images/enlargers';
import { deriveModel, weightCount, type Model } from '../layer/model';
import { settingsOf, withSettings } from '../layer/settings';
import { compareKernels, compareShows, type CompareState } from '../state/compare';
import { pictureSizes, type PictureSize, type SampleName } from '../state/image';
import { shared } from '../styles';
import type { CompareJob, CompareResult, ShownEnlargement, ShownPicture } from '../worker/jobs';
import { computePicture } from '../worker/pictures';
import { PictureTask } from '../worker/pictureTask';
import { changeState } from './change';
import { kernelNames } from './kernelNames';

const names: Readonly<Record<EnlargerName, string>> = {
  nearest: 'Nearest neighbour', bilinear: 'Bilinear', nails: 'Bed of nails', unpooling: 'Max unpooling', layer: 'This layer',
  fixed: 'This layer, overlap made even', resize: 'Nearest + 3 × 3 convolution', subpixel: 'Sub-pixel convolution, 3 × 3',
};
const notes: Readonly<Record<EnlargerName, string>> = {
  nearest: 'Each pixel repeated.', bilinear: 'Neighbours mixed.', nails: 'Each pixel once, zeros between.',
  unpooling: 'Largest values put back where max pooling took them from.', layer: 'As in the code, with the kernel chosen above.',
  fixed: 'What the quick fix proposes; same output size.', resize: 'Resize, then an ordinary convolution. In the editor, the light bulb on the layer writes it.',
  subpixel: 'A convolution to stride² channels, interleaved. The light bulb writes it for PyTorch.',
};
const showNames = { picture: 'Pictures', difference: 'Differences', spectrum: 'Spectra' } as const;
/** Side of a picture on the page. */
const side = 256;
const zooms = [1, 2, 4, 8] as const;

/** The same picture enlarged in every way there is, side by side. */
@customElement('tconv-compare-view')
export class CompareView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) settings!: CompareState;
  @state() private own: OwnPicture | undefined;
  private readonly task = new PictureTask<CompareJob>(this, computePicture);
  private readonly pan = new PanZoom(this, [0.6, 0.35], steps => { this.zoomBy(steps); });
  private readonly room = new Room(this);

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; }
    .result { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(258px, 100%), max-content)); gap: 20px 18px; align-items: start; border-radius: 3px; touch-action: pan-y; }
    .facts { display: grid; grid-template-columns: auto 1fr; gap: 0 10px; font-variant-numeric: tabular-nums; }
    .facts dt { color: var(--muted); }
    .facts dd { font-family: var(--mono); }
    tconv-progress { margin: -9px 0; }
    .cards.draggable { cursor: grab; }
  `];

  constructor() {
    super();
    acceptDroppedPicture(this);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('model') && !changed.has('settings') && !changed.has('own')) return;
    const { axes } = this.model;
    if (axes === undefined) {
      this.task.drop();
      return;
    }
    const { sample: name, kernel, seed, show } = this.settings;
    const size = comparableSize(axes, this.settings.size);
    const fixed = this.fixedAxes();
    this.task.want(JSON.stringify([name === 'own' ? this.own?.name : name, size, axes.slice(-2), fixed?.slice(-2), kernel, seed, show]), () => ({
      kind: 'compare', picture: name === 'own' ? this.own?.picture ?? 'scene' : name, size, layer: axes, fixed, kernel, seed, show,
    }));
  }

  override render(): TemplateResult {
    const { axes } = this.model;
    if (axes === undefined) {
      return html`<p class="muted">The framework rejects these settings, so there is nothing to compare. What it says stands beside the controls.</p>`;
    }
    const { result, failure, busy, progress } = this.task;
    return html`${this.renderControls()}
      <tconv-progress label="Computing the pictures" .done=${progress}></tconv-progress>
      <div class="result" aria-busy=${busy}>${result !== undefined ? this.renderResult(result, axes) : html`<p class="muted">${failure === '' ? 'Computing…' : `They could not be computed: ${failure}`}</p>`}</div>`;
  }

  private renderResult({ original, smallSize, enlargements }: CompareResult, axes: readonly Axis[]): TemplateResult {
    const { zoom, show } = this.settings;
    const [down, across] = strides(axes);
    const { width, height } = original.picture;
    const frame = this.pan.frame(original.picture, this.side(), show === 'spectrum' ? 1 : zoom);
    const movable = frame.section.width < width || frame.section.height < height;
    return html`<p class="prose muted">The original, ${sizeText([smallSize[0] * down, smallSize[1] * across])}, is made smaller to ${sizeText(smallSize)} by averaging blocks of ${sizeText([down, across])}, then enlarged again.
        ${down * across === 1 ? 'With stride 1 nothing is made smaller.' : nothing} No weights are learned here: what differs is what each way starts from.
        ${show === 'difference' ? 'Violet: darker than the original, orange: brighter; full colour at 0.5.' : show === 'spectrum' ? 'Circles: the frequencies of the stride.' : nothing}</p>
      <div class=${movable ? 'cards draggable' : 'cards'} role="group" tabindex="0" aria-label="Pictures. Plus and minus change the zoom, arrow keys move the section shown in all of them."
        @keydown=${this.pan.onKey} @wheel=${this.pan.onWheel} @pointerdown=${(event: PointerEvent) => { this.pan.onDown(event, width * frame.scale); }}
        @pointermove=${this.pan.onMove} @pointerup=${this.pan.onUp} @pointercancel=${this.pan.onUp}>
        ${show === 'difference' ? nothing : this.renderPicture('Original', original, undefined)}
        ${enlargements.map(enlargement => this.renderPicture(names[enlargement.name], enlargement, enlargement))}
      </div>
      ${this.renderTable(enlargements)}`;
  }

  private renderControls(): TemplateResult {
    const { kernel, zoom, show, size } = this.settings;
    return html`<div class="row">
      <tconv-picture-source .value=${this.settings.sample} .own=${this.own} @choose=${(event: CustomEvent<string>) => { this.change({ sample: event.detail as SampleName | 'own' }); }}
        @own-picture=${(event: CustomEvent<OwnPicture>) => { this.own = event.detail; this.change({ sample: 'own' }); }}></tconv-picture-source>
      <label>Size <select aria-label="Size" @change=${(event: Event) => { this.change({ size: Number((event.target as HTMLSelectElement).value) as PictureSize }); }}>
        ${pictureSizes.map(value => html`<option value=${value} .selected=${value === size}>${value} × ${value}</option>`)}</select></label>
      <label>Kernel <select aria-label="Kernel" @change=${(event: Event) => { this.change({ kernel: (event.target as HTMLSelectElement).value as CompareState['kernel'] }); }}>
        ${compareKernels.map(value => html`<option value=${value} .selected=${value === kernel}>${kernelNames[value]}</option>`)}</select></label>
      <button class="icon" aria-label="Draw other weights" title="Draw other weights" @click=${() => { this.change({ seed: this.settings.seed + 1 }); }}>${icon('again')}</button>
      <label>Zoom <select aria-label="Zoom" @change=${(event: Event) => { this.change({ zoom: Number((event.target as HTMLSelectElement).value) }); }}>
        ${zooms.map(value => html`<option value=${value} .selected=${value === zoom}>${value}×</option>`)}</select></label>
      <tconv-segmented label="Show" .value=${show} .choices=${compareShows.map(value => ({ value, label: showNames[value] }))}
        @choose=${(event: CustomEvent<string>) => { this.change({ show: event.detail as CompareState['show'] }); }}></tconv-segmented>
    </div>`;
  }

  private renderPicture(heading: string, { picture, range }: ShownPicture, enlargement: ShownEnlargement | undefined): TemplateResult {
    const { zoom, show } = this.settings;
    const { scale, section } = this.pan.frame(picture, this.side(), show === 'spectrum' ? 1 : zoom);
    const own = show === 'picture' && (range[0] !== 0 || range[1] !== 1);
    return html`<tconv-picture heading=${heading} .picture=${picture} .section=${section} .scale=${scale} .marks=${show === 'spectrum' ? this.marks() : []}
      label=${`${heading}, ${showNames[show].toLowerCase()}`}>
      ${enlargement === undefined ? html`<span class="muted">What there was.</span>` : html`<span class="muted">${notes[enlargement.name]}${own ? ` Black is ${decimal(range[0])}, white ${decimal(range[1])}.` : ''}</span>
        <dl class="facts"><dt>difference</dt><dd>${decimal(enlargement.error, 3)}</dd><dt>checkerboard</dt><dd>${enlargement.score === undefined ? '–' : decimal(enlargement.score, 3)}</dd>
          <dt>multiply-adds</dt><dd>${decimal(enlargement.cost)} per output</dd></dl>`}
    </tconv-picture>`;
  }

  private renderTable(enlargements: readonly ShownEnlargement[]): TemplateResult {
    const best = Math.min(...enlargements.map(each => each.error));
    const totals = enlargements.map(each => this.totalCost(each));
    const withTotals = totals.some(total => total !== undefined);
    return html`<details><summary>As a table</summary><div class="scroll" tabindex="0" role="group" aria-label="Scores as a table"><table>
      <thead><tr><th scope="col">Way</th><th scope="col">Difference (RMS)</th><th scope="col">Checkerboard score</th><th scope="col">Multiply-adds per output and pair of channels</th>
        ${withTotals ? html`<th scope="col">Multiply-adds with this layer's channels and size</th>` : nothing}</tr></thead>
      <tbody>${enlargements.map((each, index) => {
        const total = totals[index];
        return html`<tr><th scope="row">${names[each.name]}</th><td>${decimal(each.error, 3)}${each.error === best ? ' (least)' : ''}</td>
        <td>${each.score === undefined ? '–' : decimal(each.score, 3)}</td><td>${decimal(each.cost)}</td>${withTotals ? html`<td>${total === undefined ? '–' : largeNumber(total)}</td>` : nothing}</tr>`;
      })}</tbody></table></div>
      ${withTotals ? html`<p class="prose muted">Ways without a kernel of their own keep the number of channels; a convolution that changes it would come on top.</p>` : nothing}</details>`;
  }

  /** Every way that has a kernel meets all pairs of channels that the layer has. */
  private totalCost({ name, cost }: ShownEnlargement): number | undefined {
    const weights = weightCount(this.model);
    const { axes } = this.model;
    if (weights === undefined || axes === undefined || name === 'nearest' || name === 'bilinear' || name === 'nails' || name === 'unpooling') return undefined;
    const taps = axes.reduce((product, axis) => product * axis.kernelSize, 1);
    // In 3-D the pictures are of two axes only, and so is what their ways cost.
    return axes.length === 2 ? Math.round(weights / taps * cost * axes.reduce((product, axis) => product * axis.outputSize, 1)) : undefined;
  }

  private marks(): Marks {
    return strideMarks(strides(this.model.axes ?? []));
  }

  private side(): number {
    return Math.max(96, Math.min(side, this.room.width - 2));
  }

  private zoomBy(steps: number): void {
    const next = zooms[zooms.findIndex(zoom => zoom === this.settings.zoom) + steps];
    if (next !== undefined) this.change({ zoom: next });
  }

  /** The layer after the fix, on the layer's own input size. */
  private fixedAxes(): readonly Axis[] | undefined {
    const settings = settingsOf(this.model);
    const mended = settings?.map(setting => evenAlternative(setting, 'up'));
    if (settings === undefined || mended?.every(setting => setting !== undefined) !== true) return undefined;
    if (mended.every((setting, axis) => setting.kernelSize === settings[axis]?.kernelSize && setting.dilation === settings[axis]?.dilation)) return undefined;
    return deriveModel(withSettings(this.model, mended)).axes;
  }

  private change(change: Partial<CompareState>): void {
    changeState(this, { compare: { ...this.settings, ...change } });
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-compare-view': CompareView }
}
