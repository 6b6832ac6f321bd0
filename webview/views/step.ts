import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { coordinates, fieldCell, type Triple } from '../cells';
import { icon } from '../controls/icon';
import '../controls/copyButton';
import '../controls/numberGrid';
import type { CellEvent, CellKind, Mark } from '../controls/numberGrid';
import '../controls/segmented';
import { sizeText } from '../format';
import type { Model } from '../model';
import { numpyText } from '../numpyText';
import { contributionsAt, fieldAfter, makeNumbers, stepCount, stretchedInput, windowAt, type Numbers, type Stretched } from '../numbers';
import { maximumChannels, maximumPins, type GridName, type InputPreset, type KernelPreset, type Pin, type StepForm, type StepState } from '../state/step';
import { shared } from '../styles';
import { changeState } from './change';
import { contributionsOfCell, explain } from './sum';

const forms: readonly { readonly value: StepForm; readonly label: string; readonly title: string }[] = [
  { value: 'scatter', label: 'Scatter', title: 'Each input cell stamps the kernel into the output' },
  { value: 'gather', label: 'Gather', title: 'Each output cell collects from the input' },
  { value: 'zeroInsertion', label: 'Zero insertion', title: 'The stretched input with the turned kernel sliding over it' },
];

const inputNames: Readonly<Record<InputPreset, string>> = {
  digits: 'Digits', ones: 'Ones', index: '1, 2, 3 …', delta: 'A single one', random: 'Random',
};
const kernelNames: Readonly<Record<KernelPreset, string>> = {
  bilinear: 'Bilinear', ones: 'Ones', index: '1, 2, 3 …', delta: 'A single one', random: 'Random', sobel: 'Sobel (edges)',
};

/** Input, kernel and output as numbers, built step by step in three ways that agree. */
@customElement('tconv-step-view')
export class StepView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) settings!: StepState;
  @state() private pointed: Pin | undefined;
  @state() private playing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private numbers: Numbers | undefined;
  private stretched: Stretched | undefined;

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; container-type: inline-size; }
    .bar { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
    .transport { display: flex; gap: 4px; align-items: center; flex: 1 1 280px; min-width: 0; max-width: 560px; }
    .transport input { flex: 1 1 60px; min-width: 40px; }
    .transport .count { min-width: 9ch; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .grids { display: flex; flex-wrap: wrap; gap: 18px 14px; align-items: flex-start; }
    figure { min-width: 0; max-width: 100%; display: grid; grid-template-columns: minmax(0, max-content); gap: 6px; align-content: start; }
    .joined { display: flex; gap: 14px; min-width: 0; max-width: 100%; }
    .operator { font-size: 1.6em; color: var(--muted); padding-top: 88px; }
    @container (max-width: 440px) { .joined { flex-direction: column; gap: 6px; } .operator { padding-top: 0; } }
    figcaption { display: grid; gap: 4px; }
    figcaption h2 { font-size: 1em; display: flex; gap: 8px; align-items: baseline; }
    figcaption h2::before { content: ''; width: 10px; height: 10px; border-radius: 2px; background: var(--colour); border: 1px solid var(--vscode-foreground); align-self: center; }
    .input { --colour: var(--input-colour); } .kernel { --colour: var(--kernel-colour); } .output { --colour: var(--output-colour); }
    tconv-grid { --colour: inherit; }
    .slices { display: flex; flex-wrap: wrap; gap: 10px; }
    .slice { display: grid; grid-template-columns: minmax(0, max-content); gap: 2px; min-width: 0; max-width: 100%; }
    .slice > span { font-size: 0.85em; color: var(--muted); }
    .sum { min-height: 4.6em; padding: 8px 12px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); font-family: var(--mono); overflow-wrap: anywhere; }
    .sum .hint { font-family: var(--vscode-font-family, sans-serif); color: var(--muted); }
    .pins { display: grid; gap: 4px; list-style: none; }
    .pins li { display: flex; gap: 8px; align-items: flex-start; font-family: var(--mono); overflow-wrap: anywhere; }
    .pins button { flex: none; }
    .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 0.92em; color: var(--muted); list-style: none; }
    .legend li { display: inline-flex; align-items: center; gap: 6px; }
    .swatch { width: 16px; height: 16px; border-radius: 3px; border: 1px solid var(--output-colour); background: color-mix(in srgb, var(--output-colour) 25%, transparent); }
    .swatch.cropped { border: 1px dashed var(--muted); background: repeating-linear-gradient(135deg, transparent 0 4px, color-mix(in srgb, var(--muted) 30%, transparent) 4px 5px); }
    .swatch.filled { border: 2px dotted var(--output-colour); background: none; }
    .swatch.inserted { border: 1px dotted var(--muted); background: none; }
    .swatch.border { border: 1px dashed var(--muted); background: none; }
    .swatch.lit { border: 2px solid var(--vscode-foreground); background: none; }
    .presets { display: flex; flex-wrap: wrap; gap: 4px; }
  `];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('model') || changed.has('settings')) {
      this.numbers = this.model.axes === undefined ? undefined : makeNumbers(this.model.axes, this.settings, this.model.flip);
      this.stretched = this.numbers === undefined ? undefined : stretchedInput(this.numbers);
      if (changed.has('model')) this.pointed = undefined;
    }
  }

  override render(): TemplateResult {
    const { numbers } = this;
    if (numbers === undefined) {
      return html`<p class="muted">${this.model.axes === undefined
        ? 'The framework rejects these settings, so there is nothing to compute. What it says stands beside the controls.'
        : 'This layer reaches too many cells to show as numbers. The other views show it whole.'}</p>`;
    }
    return html`
      <p class="prose">${this.renderExplanation(numbers)}</p>
      ${this.renderBar(numbers)}
      ${this.renderGrids(numbers)}
      ${this.renderSum(numbers)}
      ${this.renderLegend(numbers)}
      ${this.renderExtras(numbers)}`;
  }

  private renderExplanation({ axes, reduced }: Numbers): TemplateResult {
    const stride = axes.map(axis => axis.stride);
    const gap = `${sizeText([...new Set(stride)])} ${stride.every(size => size === 1) ? 'cell' : 'cells'}`;
    const texts: Readonly<Record<StepForm, TemplateResult>> = {
      scatter: html`<strong>Each input cell stamps the kernel into the output.</strong> It multiplies the whole kernel, and neighbours stamp ${gap} apart (the stride). Where stamps overlap, they add up.`,
      gather: html`<strong>Each output cell collects.</strong> It adds up input × kernel for every pair that meets there: input place × stride + kernel place × dilation = output place + padding.`,
      zeroInsertion: html`<strong>An ordinary convolution on a stretched input.</strong> Put stride − 1 zeros between the input cells, frame them with zeros, turn the kernel round and slide it one cell at a time. The more padding, the thinner the frame.`,
    };
    return html`${texts[this.settings.form]}${reduced
      ? html` <span class="muted">The layer's input is ${sizeText(this.model.layer.inputSize)}; the numbers show a ${sizeText(axes.map(axis => axis.inputSize))} piece.</span>`
      : nothing}`;
  }

  private renderBar(numbers: Numbers): TemplateResult {
    const total = stepCount(numbers, this.settings.form);
    const position = Math.min(this.settings.position ?? total, total);
    return html`<div class="bar">
      <tconv-segmented label="Way to compute" .choices=${forms} .value=${this.settings.form} @choose=${this.onForm}></tconv-segmented>
      <div class="transport" role="group" aria-label="Steps">
        <button class="icon" aria-label="To the start" title="To the start" @click=${() => { this.goTo(0); }}>${icon('start')}</button>
        <button class="icon" aria-label="One step back" title="One step back" ?disabled=${position === 0} @click=${() => { this.goTo(position - 1); }}>${icon('back')}</button>
        <button class="icon primary" aria-label=${this.playing ? 'Pause' : 'Play'} title=${this.playing ? 'Pause' : 'Play'} @click=${() => { this.toggle(position, total); }}>${icon(this.playing ? 'pause' : 'play')}</button>
        <button class="icon" aria-label="One step on" title="One step on" ?disabled=${position === total} @click=${() => { this.goTo(position + 1); }}>${icon('forward')}</button>
        <input type="range" aria-label="Step" min="0" max=${total} .value=${String(position)} aria-valuetext=${`step ${position} of ${total}`}
          @input=${(event: Event) => { this.goTo(Number((event.target as HTMLInputElement).value)); }}>
        <span class="count muted">${position} of ${total}</span>
      </div>
      <label class="muted">Speed
        <select aria-label="Speed" @change=${(event: Event) => { this.change({ pace: Number((event.target as HTMLSelectElement).value) }); }}>
          ${[[1000, 'slow'], [500, 'normal'], [150, 'fast']].map(([pace, name]) => html`<option value=${pace ?? ''} .selected=${pace === this.settings.pace}>${name}</option>`)}
        </select></label>
    </div>`;
  }

  private renderGrids(numbers: Numbers): TemplateResult {
    const { cells } = numbers;
    const { form } = this.settings;
    const total = stepCount(numbers, form);
    const position = Math.min(this.settings.position ?? total, total);
    const field = fieldAfter(numbers, form, position);
    const lit = this.marks(numbers, position, total);
    const sliding = form === 'zeroInsertion';
    // A sliding kernel is the stamp turned round; a framework that flips has turned it once already.
    const turned = sliding !== cells.flip;
    const kernelName = turned ? 'Kernel, turned round' : 'Kernel';
    const outputSizes = cells.axes.slice(3 - cells.rank).map(axis => axis.outputSize);
    const inputSizes = cells.inputSize.slice(3 - cells.rank);
    const kernelSizes = cells.kernelSize.slice(3 - cells.rank);
    return html`<div class="grids">
      <figure class="input">
        <figcaption><h2>${sliding ? 'Stretched input' : 'Input'} <span class="muted">${sliding && this.stretched !== undefined ? `${sizeText(inputSizes)} in ${sizeText(this.stretched.size.slice(3 - cells.rank))}` : sizeText(inputSizes)}</span></h2>${this.renderPresets('input')}</figcaption>
        ${sliding ? this.renderStretched(lit.stretched) : this.renderSlices({
          grid: 'input', label: 'Input', channels: cells.inputChannels, size: cells.inputSize, values: numbers.input, marks: lit.input, editable: true,
        })}
      </figure>
      <div class="joined"><span class="operator" aria-hidden="true">${sliding ? '⋆' : '×'}</span>
      <figure class="kernel">
        <figcaption><h2>${kernelName} <span class="muted">${sizeText(kernelSizes)}</span></h2>${this.renderPresets('kernel')}</figcaption>
        ${this.renderSlices({
          grid: 'kernel', label: kernelName, channels: cells.inputChannels * cells.outputChannels, size: cells.kernelSize,
          values: numbers.kernel, marks: lit.kernel, editable: true, turned,
        })}
      </figure></div>
      <div class="joined"><span class="operator" aria-hidden="true">→</span>
      <figure class="output">
        <figcaption><h2>Output <span class="muted">${sizeText(outputSizes)}</span></h2></figcaption>
        ${this.renderSlices({
          grid: 'output', label: 'Output', channels: cells.outputChannels, size: cells.fieldSize, start: cells.start, values: field, marks: lit.output,
          kind: index => Number.isNaN(field[index]) && fieldCell(cells, index) === 'output' ? 'pending' : kindOf(numbers, index),
        })}
      </figure></div>
    </div>`;
  }

  private renderPresets(grid: 'input' | 'kernel'): TemplateResult {
    const names: Readonly<Record<string, string>> = grid === 'input' ? inputNames : kernelNames;
    const edits = grid === 'input' ? this.settings.inputEdits : this.settings.kernelEdits;
    const edited = Object.keys(edits).length > 0;
    const seeded = this.settings[grid] === 'random' || this.settings[grid] === 'digits';
    return html`<span class="presets">
      <select aria-label=${`${grid === 'input' ? 'Input' : 'Kernel'} values`} data-preset=${grid}
        @change=${(event: Event) => { this.change({ [grid]: (event.target as HTMLSelectElement).value, [`${grid}Edits`]: {} }); }}>
        ${Object.entries(names).map(([value, name]) => html`<option value=${value} .selected=${value === this.settings[grid]}>${name}</option>`)}
      </select>
      ${seeded ? html`<button class="icon" title="Other numbers" aria-label=${`Other ${grid} numbers`} @click=${() => { this.change({ seed: this.settings.seed + 1 }); }}>${icon('again')}</button>` : nothing}
      ${edited ? html`<button @click=${() => { this.change({ [`${grid}Edits`]: {} }); }}>Undo edits</button>` : nothing}
    </span>`;
  }

  private renderSlices(options: {
    readonly grid: GridName; readonly label: string; readonly channels: number; readonly size: Triple; readonly start?: Triple;
    readonly values: Float32Array; readonly marks: ReadonlyMap<number, Mark>; readonly editable?: boolean; readonly turned?: boolean;
    readonly kind?: (index: number) => CellKind;
  }): TemplateResult {
    const { size, channels, values, grid, start = [0, 0, 0] } = options;
    const perSlice = size[1] * size[2];
    const strongest = values.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)), 0);
    const slices = Array.from({ length: channels * size[0] }, (_, slice) => slice);
    return html`<div class="slices">${slices.map(slice => {
      const name = this.sliceName(grid, slice, size[0], channels, start[0]);
      // A turned kernel is the same numbers read backwards, slice by slice of its channel.
      const source = options.turned === true ? Math.floor(slice / size[0]) * size[0] + size[0] - 1 - slice % size[0] : slice;
      const offset = source * perSlice;
      const part = values.subarray(offset, offset + perSlice);
      const turn = (index: number): number => options.turned === true ? offset + perSlice - 1 - (index - offset) : index;
      const turnEvent = (event: CustomEvent<CellEvent>): CellEvent => ({ ...event.detail, index: event.detail.index === undefined ? undefined : turn(event.detail.index) });
      const marks = options.turned === true ? new Map([...options.marks].map(([index, mark]) => [turn(index), mark])) : options.marks;
      return html`<div class="slice">
        ${name === '' ? nothing : html`<span>${name}</span>`}
        <tconv-grid class=${grid} data-grid=${grid} .label=${[options.label, name].filter(text => text !== '').join(', ')} .rows=${size[1]} .columns=${size[2]}
          .firstRow=${start[1]} .firstColumn=${start[2]} .values=${options.turned === true ? part.slice().reverse() : part} .offset=${offset}
          .marks=${marks} .kind=${options.kind ?? plain} .strongest=${strongest} ?editable=${options.editable === true}
          @cell-point=${(event: CustomEvent<CellEvent>) => { this.onPoint(grid, turnEvent(event).index); }}
          @cell-pin=${(event: CustomEvent<CellEvent>) => { this.onPin(grid, turnEvent(event).index); }}
          @cell-edit=${(event: CustomEvent<CellEvent>) => { this.onEdit(grid, turnEvent(event)); }}></tconv-grid>
      </div>`;
    })}</div>`;
  }

  private renderStretched(marks: ReadonlyMap<number, Mark>): TemplateResult {
    const { stretched, numbers } = this;
    if (stretched === undefined || numbers === undefined) return html``;
    const { origins, size, values } = stretched;
    const perSlice = size[1] * size[2];
    const strongest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return html`<div class="slices">${Array.from({ length: numbers.cells.inputChannels * size[0] }, (_, slice) => {
      const name = this.sliceName('input', slice, size[0], numbers.cells.inputChannels, 0);
      return html`<div class="slice">${name === '' ? nothing : html`<span>${name}</span>`}
        <tconv-grid class="input" data-grid="stretched" .label=${['Stretched input', name].filter(text => text !== '').join(', ')} .rows=${size[1]} .columns=${size[2]}
          .values=${values.subarray(slice * perSlice, (slice + 1) * perSlice)} .offset=${slice * perSlice} .marks=${marks} .strongest=${strongest}
          .kind=${(index: number): CellKind => { const origin = origins[index]; return typeof origin === 'number' ? 'plain' : origin ?? 'border'; }}
          @cell-point=${(event: CustomEvent<CellEvent>) => { this.onPoint('input', originOf(origins, event.detail.index)); }}
          @cell-pin=${(event: CustomEvent<CellEvent>) => { this.onPin('input', originOf(origins, event.detail.index)); }}></tconv-grid></div>`;
    })}</div>`;
  }

  private renderSum(numbers: Numbers): TemplateResult {
    const total = stepCount(numbers, this.settings.form);
    const position = Math.min(this.settings.position ?? total, total);
    const current = this.pointed ?? this.stepCell(numbers, position, total);
    return html`<div class="sum" role="status" aria-live="polite">${current === undefined
        ? html`<span class="hint">Point at a cell, or move to one with Tab and the arrow keys, to see what it is made of and where it goes. Click or press Enter to pin it. Input and kernel can be edited: double click, or type.</span>`
        : explain(numbers, current)}</div>
      ${this.settings.pins.length === 0 ? nothing : html`<ul class="pins" aria-label="Pinned cells">${this.settings.pins.map(pin => html`<li>
        <button class="icon" aria-label=${`Unpin ${pin.grid}${coordinates(numbers.cells, pin.grid, pin.index)}`} title="Unpin" @click=${() => { this.onPin(pin.grid, pin.index); }}>${icon('close')}</button>
        <span>${explain(numbers, pin)}</span></li>`)}</ul>`}`;
  }

  private renderLegend(numbers: Numbers): TemplateResult {
    const { cells } = numbers;
    const kinds = new Set(Array.from({ length: cells.fieldCount }, (_, index) => fieldCell(cells, index)));
    const sliding = this.settings.form === 'zeroInsertion';
    return html`<ul class="legend" aria-label="Legend">
      <li><span class="swatch"></span> returned by the layer</li>
      ${kinds.has('cropped') ? html`<li><span class="swatch cropped"></span> ${this.model.api?.framework === 'pytorch' ? html`cropped away by <code>padding</code>` : 'cropped away by the padding mode'}</li>` : nothing}
      ${kinds.has('filled') ? html`<li><span class="swatch filled"></span> beyond the input's reach: only the bias</li>` : nothing}
      ${sliding ? html`<li><span class="swatch inserted"></span> inserted zero</li><li><span class="swatch border"></span> zero of the frame</li>` : nothing}
      <li><span class="swatch lit"></span> in the current sum</li>
    </ul>`;
  }

  private renderExtras(numbers: Numbers): TemplateResult {
    const channels = (name: 'inputChannels' | 'outputChannels', label: string): TemplateResult => html`<label>${label}
      <select aria-label=${label} @change=${(event: Event) => { this.change({ [name]: Number((event.target as HTMLSelectElement).value), pins: [], inputEdits: {}, kernelEdits: {} }); }}>
        ${Array.from({ length: maximumChannels }, (_, index) => html`<option value=${index + 1} .selected=${index + 1 === this.settings[name]}>${index + 1}</option>`)}</select></label>`;
    return html`<div class="row">${channels('inputChannels', 'Input channels')}${channels('outputChannels', 'Output channels')}
      <tconv-copy-button label="Copy the numbers as NumPy" .text=${() => numpyText(numbers)}></tconv-copy-button></div>`;
  }

  private sliceName(grid: GridName, slice: number, depth: number, channels: number, firstDepth: number): string {
    const channel = Math.floor(slice / depth);
    const parts: string[] = [];
    if (channels > 1) {
      const outputs = this.settings.outputChannels;
      parts.push(grid === 'kernel' ? `channel ${Math.floor(channel / outputs)} to ${channel % outputs}` : `channel ${channel}`);
    }
    if (this.model.layer.rank === 3) parts.push(`depth ${slice % depth + firstDepth}`);
    return parts.join(', ');
  }

  /** The cell of the step just done. */
  private stepCell(numbers: Numbers, position: number, total: number): Pin | undefined {
    if (this.settings.position === undefined || position === 0 || (position === total && !this.playing && this.settings.position > total)) return undefined;
    if (this.settings.form === 'scatter') return { grid: 'input', index: position - 1 };
    const output = numbers.outputs[position - 1];
    return output === undefined ? undefined : { grid: 'output', index: output };
  }

  private marks(numbers: Numbers, position: number, total: number): Readonly<Record<GridName | 'stretched', ReadonlyMap<number, Mark>>> {
    const marks = { input: new Map<number, Mark>(), kernel: new Map<number, Mark>(), output: new Map<number, Mark>(), stretched: new Map<number, Mark>() };
    const stepCell = this.stepCell(numbers, position, total);
    const cell = this.pointed ?? stepCell;
    if (cell !== undefined) {
      const mark: Mark = this.pointed === undefined ? 'step' : 'related';
      const products = this.pointed === undefined ? contributionsAt(numbers, this.settings.form, position - 1) : contributionsOfCell(numbers, cell);
      for (const product of products) {
        marks.input.set(product.input, mark);
        marks.kernel.set(product.kernel, mark);
        marks.output.set(product.field, mark);
      }
      if (this.stretched !== undefined && this.settings.form === 'zeroInsertion') this.markStretched(numbers, this.stretched, cell, marks);
      marks[cell.grid].set(cell.index, 'focus');
    }
    for (const pin of this.settings.pins) marks[pin.grid].set(pin.index, 'pinned');
    return marks;
  }

  private markStretched(numbers: Numbers, stretched: Stretched, cell: Pin, marks: { readonly input: ReadonlyMap<number, Mark>; readonly stretched: Map<number, Mark> }): void {
    if (cell.grid === 'output' && fieldCell(numbers.cells, cell.index) !== 'cropped') {
      for (const index of windowAt(numbers, stretched, cell.index)) marks.stretched.set(index, 'related');
      return;
    }
    stretched.origins.forEach((origin, index) => {
      if (typeof origin !== 'number') return;
      if (cell.grid === 'input' && origin === cell.index) marks.stretched.set(index, 'focus');
      else if (cell.grid !== 'input' && marks.input.has(origin)) marks.stretched.set(index, 'related');
    });
  }

  private onPoint(grid: GridName, index: number | undefined): void {
    this.pointed = index === undefined ? undefined : { grid, index };
  }

  private onPin(grid: GridName, index: number | undefined): void {
    if (index === undefined) return;
    const { pins } = this.settings;
    const without = pins.filter(pin => pin.grid !== grid || pin.index !== index);
    this.change({ pins: without.length < pins.length ? without : [...pins, { grid, index }].slice(-maximumPins) });
  }

  private onEdit(grid: GridName, { index, value }: CellEvent): void {
    if (index === undefined || value === undefined || grid === 'output') return;
    if (grid === 'input') this.change({ inputEdits: { ...this.settings.inputEdits, [index]: value } });
    else this.change({ kernelEdits: { ...this.settings.kernelEdits, [index]: value } });
  }

  private onForm(event: CustomEvent<string>): void {
    event.stopPropagation();
    const form = forms.find(candidate => candidate.value === event.detail)?.value;
    if (form === undefined || this.numbers === undefined) return;
    // The same share of the way, so that a switch half-way stays half-way.
    const before = stepCount(this.numbers, this.settings.form);
    const after = stepCount(this.numbers, form);
    const { position } = this.settings;
    this.change({ form, position: position === undefined ? undefined : Math.round(Math.min(position, before) / before * after) });
  }

  private goTo(position: number): void {
    this.pause();
    this.change({ position });
  }

  private toggle(position: number, total: number): void {
    if (this.playing) { this.pause(); return; }
    this.playing = true;
    this.pointed = undefined;
    if (position >= total) this.change({ position: 0 });
    this.schedule();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      const { numbers } = this;
      if (!this.playing || numbers === undefined) { this.pause(); return; }
      const total = stepCount(numbers, this.settings.form);
      const next = Math.min((this.settings.position ?? 0) + 1, total);
      this.change({ position: next });
      if (next >= total) this.pause();
      else this.schedule();
    }, this.settings.pace);
  }

  private pause(): void {
    clearTimeout(this.timer);
    this.playing = false;
  }

  private change(change: Partial<StepState>): void {
    changeState(this, { step: { ...this.settings, ...change } });
  }
}

function plain(): CellKind {
  return 'plain';
}

function kindOf({ cells }: Numbers, index: number): CellKind {
  const kind = fieldCell(cells, index);
  return kind === 'output' ? 'plain' : kind;
}

function originOf(origins: readonly (number | string)[], index: number | undefined): number | undefined {
  const origin = index === undefined ? undefined : origins[index];
  return typeof origin === 'number' ? origin : undefined;
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-step-view': StepView }
}
