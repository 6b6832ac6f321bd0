import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Axis } from '../../src/geometry/axis';
import { evenAlternative } from '../../src/geometry/resize';
import { icon } from '../controls/icon';
import '../controls/picture';
import '../controls/pictureSource';
import type { OwnPicture } from '../controls/pictureSource';
import '../controls/segmented';
import type { PictureStyle } from '../canvas/picturePainter';
import { decimal, sizeText } from '../format';
import { comparableSize, compareEnlargers, differencePicture, strides, type Comparison, type EnlargerName, type Enlargement } from '../images/enlargers';
import { crop, extent, resized, type Picture } from '../images/picture';
import { sample } from '../images/samples';
import { logSpectrum } from '../images/spectrum';
import { deriveModel, type Model } from '../model';
import { settingsOf, withSettings } from '../settings';
import { compareKernels, compareShows, type CompareState } from '../state/compare';
import type { SampleName } from '../state/image';
import { shared } from '../styles';
import { changeState } from './change';
import { kernelNames } from './kernelNames';

const names: Readonly<Record<EnlargerName, string>> = {
  nearest: 'Nearest neighbour', bilinear: 'Bilinear', nails: 'Bed of nails', unpooling: 'Max unpooling', layer: 'This layer',
  fixed: 'This layer, overlap made even', resize: 'Nearest + 3 × 3 convolution', subpixel: 'Sub-pixel convolution, 3 × 3',
};
const notes: Readonly<Record<EnlargerName, string>> = {
  nearest: 'Each pixel repeated.', bilinear: 'Neighbours mixed.', nails: 'Each pixel once, zeros between.',
  unpooling: 'Largest values put back where max pooling took them from.', layer: 'As in the code, with the kernel chosen above.',
  fixed: 'What the quick fix proposes; same output size.', resize: 'Resize, then an ordinary convolution.', subpixel: 'A convolution to stride² channels, interleaved.',
};
const showNames = { picture: 'Pictures', difference: 'Differences', spectrum: 'Spectra' } as const;
/** Side of the pictures; small enough to show every pixel twice as large. */
const wanted = 128;

/** The same picture enlarged in every way there is, side by side. */
@customElement('tconv-compare-view')
export class CompareView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) settings!: CompareState;
  @state() private own: OwnPicture | undefined;
  /** The middle of the section shown, as shares of the picture. */
  @state() private centre: readonly [y: number, x: number] = [0.6, 0.35];
  private comparison: Comparison | undefined;
  private drag: { readonly x: number; readonly y: number; readonly centre: readonly [number, number] } | undefined;

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; }
    .cards { display: flex; flex-wrap: wrap; gap: 18px; align-items: flex-start; touch-action: pan-y; }
    .facts { display: grid; grid-template-columns: auto 1fr; gap: 0 10px; font-variant-numeric: tabular-nums; }
    .facts dt { color: var(--muted); }
    .facts dd { font-family: var(--mono); }
    .cards.draggable { cursor: grab; }
  `];

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('settings') as CompareState | undefined;
    const same = before !== undefined && before.sample === this.settings.sample && before.kernel === this.settings.kernel && before.seed === this.settings.seed;
    if (!changed.has('model') && !changed.has('own') && (!changed.has('settings') || same) && this.comparison !== undefined) return;
    this.comparison = this.compare();
  }

  override render(): TemplateResult {
    const { axes } = this.model;
    const { comparison } = this;
    if (axes === undefined || comparison === undefined) {
      return html`<p class="muted">The framework rejects these settings, so there is nothing to compare. What it says stands beside the controls.</p>`;
    }
    const [down, across] = strides(axes);
    const { original, small, enlargements } = comparison;
    return html`${this.renderControls()}
      <p class="prose muted">The original, ${sizeText([original.height, original.width])}, is made smaller to ${sizeText([small.height, small.width])} by averaging blocks of ${sizeText([down, across])}, then enlarged again.
        ${down * across === 1 ? 'With stride 1 nothing is made smaller.' : nothing} No weights are learned here: what differs is what each way starts from.</p>
      <div class=${this.settings.zoom > 1 ? 'cards draggable' : 'cards'} role="group" tabindex="0" aria-label="Pictures. When enlarged, arrow keys move the section shown in all of them."
        @keydown=${this.onKey} @pointerdown=${this.onDown} @pointermove=${this.onMove} @pointerup=${this.onUp} @pointercancel=${this.onUp}>
        ${this.settings.show === 'difference' ? nothing : this.renderPicture('Original', original, undefined)}
        ${enlargements.map(enlargement => this.renderPicture(names[enlargement.name], enlargement.picture, enlargement))}
      </div>
      ${this.renderTable(enlargements)}`;
  }

  private renderControls(): TemplateResult {
    const { kernel, zoom, show } = this.settings;
    return html`<div class="row">
      <tconv-picture-source .value=${this.settings.sample} .own=${this.own} @choose=${(event: CustomEvent<string>) => { this.change({ sample: event.detail as SampleName | 'own' }); }}
        @own-picture=${(event: CustomEvent<OwnPicture>) => { this.own = event.detail; this.change({ sample: 'own' }); }}></tconv-picture-source>
      <label>Kernel <select aria-label="Kernel" @change=${(event: Event) => { this.change({ kernel: (event.target as HTMLSelectElement).value as CompareState['kernel'] }); }}>
        ${compareKernels.map(value => html`<option value=${value} .selected=${value === kernel}>${kernelNames[value]}</option>`)}</select></label>
      <button aria-label="Draw other weights" title="Draw other weights" @click=${() => { this.change({ seed: this.settings.seed + 1 }); }}>${icon('again')}</button>
      <label>Zoom <select aria-label="Zoom" @change=${(event: Event) => { this.change({ zoom: Number((event.target as HTMLSelectElement).value) }); }}>
        ${[1, 2, 4, 8].map(value => html`<option value=${value} .selected=${value === zoom}>${value}×</option>`)}</select></label>
      <tconv-segmented label="Show" .value=${show} .choices=${compareShows.map(value => ({ value, label: showNames[value] }))}
        @choose=${(event: CustomEvent<string>) => { this.change({ show: event.detail as CompareState['show'] }); }}></tconv-segmented>
    </div>`;
  }

  private renderPicture(heading: string, picture: Picture, enlargement: Enlargement | undefined): TemplateResult {
    const { zoom, show } = this.settings;
    const shown = show === 'spectrum' ? logSpectrum(picture) : show === 'difference' ? differencePicture(picture, this.comparison?.original ?? picture) : picture;
    const section = show === 'spectrum' ? shown : this.section(shown, zoom);
    const signed = this.settings.kernel === 'glorot' && enlargement !== undefined && ['layer', 'fixed', 'resize', 'subpixel'].includes(enlargement.name);
    const look: PictureStyle = show === 'spectrum' ? { map: 'amount', range: [0, 1] }
      : show === 'difference' ? { map: 'signed', range: [-0.5, 0.5] } : { map: 'natural', range: signed ? extent(picture) : [0, 1] };
    const scale = show === 'spectrum' ? Math.max(1, Math.round(wanted * 2 / section.width)) : 2 * zoom;
    return html`<tconv-picture heading=${heading} .picture=${section} .width=${section.width * scale} .look=${look} label=${`${heading}, ${showNames[show].toLowerCase()}`}>
      ${enlargement === undefined ? html`<span class="muted">What there was.</span>` : html`<span class="muted">${notes[enlargement.name]}</span>
        <dl class="facts"><dt>difference</dt><dd>${decimal(enlargement.error, 3)}</dd><dt>checkerboard</dt><dd>${enlargement.score === undefined ? '–' : decimal(enlargement.score, 3)}</dd>
          <dt>multiplications</dt><dd>${decimal(enlargement.cost)} per output</dd></dl>`}
    </tconv-picture>`;
  }

  private renderTable(enlargements: readonly Enlargement[]): TemplateResult {
    const best = Math.min(...enlargements.map(each => each.error));
    return html`<details><summary>As a table</summary><div class="scroll"><table>
      <thead><tr><th scope="col">Way</th><th scope="col">Difference (RMS)</th><th scope="col">Checkerboard score</th><th scope="col">Multiplications per output and channel pair</th></tr></thead>
      <tbody>${enlargements.map(each => html`<tr><th scope="row">${names[each.name]}</th><td>${decimal(each.error, 3)}${each.error === best ? ' (least)' : ''}</td>
        <td>${each.score === undefined ? '–' : decimal(each.score, 3)}</td><td>${decimal(each.cost)}</td></tr>`)}</tbody></table></div></details>`;
  }

  private compare(): Comparison | undefined {
    const { axes } = this.model;
    if (axes === undefined) return undefined;
    const size = comparableSize(axes, wanted);
    const { sample: name, kernel, seed } = this.settings;
    const original = name === 'own' && this.own !== undefined ? resized(this.own.picture, size) : sample(name === 'own' ? 'scene' : name, size);
    return compareEnlargers(original, { layer: axes, fixed: this.fixedAxes(), kernel, seed });
  }

  /** The layer after the fix, on the layer's own input size. */
  private fixedAxes(): readonly Axis[] | undefined {
    const settings = settingsOf(this.model);
    const mended = settings?.map(setting => evenAlternative(setting, 'up'));
    if (settings === undefined || mended?.every(setting => setting !== undefined) !== true) return undefined;
    if (mended.every((setting, axis) => setting.kernelSize === settings[axis]?.kernelSize && setting.dilation === settings[axis]?.dilation)) return undefined;
    return deriveModel(withSettings(this.model, mended)).axes;
  }

  private section(picture: Picture, zoom: number): Picture {
    const height = Math.max(1, Math.floor(picture.height / zoom));
    const width = Math.max(1, Math.floor(picture.width / zoom));
    const start = (centre: number, size: number, part: number): number => Math.min(Math.max(Math.round(centre * size - part / 2), 0), size - part);
    return crop(picture, start(this.centre[0], picture.height, height), start(this.centre[1], picture.width, width), height, width);
  }

  private onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const move = moves[event.key];
    if (move === undefined || this.settings.zoom === 1 || event.target !== event.currentTarget) return;
    event.preventDefault();
    this.moveTo(this.centre[0] + move[0] * 0.05, this.centre[1] + move[1] * 0.05);
  }

  private onDown(event: PointerEvent): void {
    if (this.settings.zoom > 1) this.drag = { x: event.clientX, y: event.clientY, centre: this.centre };
  }

  private onMove(event: PointerEvent): void {
    const { drag } = this;
    if (drag === undefined || event.buttons === 0) { this.drag = undefined; return; }
    const span = 2 * wanted * this.settings.zoom;
    this.moveTo(drag.centre[0] - (event.clientY - drag.y) / span, drag.centre[1] - (event.clientX - drag.x) / span);
  }

  private onUp(): void {
    this.drag = undefined;
  }

  private moveTo(y: number, x: number): void {
    const half = 0.5 / this.settings.zoom;
    const clamp = (value: number): number => Math.min(Math.max(value, half), 1 - half);
    this.centre = [clamp(y), clamp(x)];
  }

  private change(change: Partial<CompareState>): void {
    changeState(this, { compare: { ...this.settings, ...change } });
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-compare-view': CompareView }
}
