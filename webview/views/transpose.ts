import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { gradients, makePair, type Pair, type Sizes } from '../adjoint';
import { matrixCellSize, paintMatrix } from '../canvas/matrixPainter';
import { onThemeChange } from '../canvas/surface';
import '../controls/numberGrid';
import type { CellEvent, Mark } from '../controls/numberGrid';
import { counted, decimal, exactNumber, sizeText } from '../format';
import type { Model } from '../model';
import type { StepState } from '../state/step';
import { shared } from '../styles';

/** A cell of one of the two sides; both operations have their cells on the same two sides. */
interface SideCell {
  readonly side: 'small' | 'large';
  readonly index: number;
}

/** The plain convolution beside its transpose: shapes swap, values do not come back. */
@customElement('tconv-transpose-view')
export class TransposeView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) step!: StepState;
  @state() private pointed: SideCell | undefined;
  @state() private room = 600;
  @query('canvas') private canvas: HTMLCanvasElement | null | undefined;
  private pair: Pair | undefined;
  private cell = 8;
  private stopTheme: (() => void) | undefined;
  private readonly resizing = new ResizeObserver(entries => {
    const width = entries[0]?.contentRect.width ?? 0;
    if (width > 0 && Math.abs(width - this.room) > 1) this.room = width;
  });

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 18px; container-type: inline-size; }
    section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
    .line { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: flex-start; }
    .line > div { min-width: 0; max-width: 100%; display: grid; grid-template-columns: minmax(0, max-content); gap: 2px; }
    .name { font-weight: 600; }
    .operator { color: var(--muted); font-size: 1.5em; padding-top: 34px; }
    .small { --colour: var(--input-colour); } .large { --colour: var(--output-colour); } .kernel { --colour: var(--kernel-colour); }
    tconv-grid { --colour: inherit; }
    .products { display: grid; gap: 4px; font-family: var(--mono); }
    .readout { min-height: 1.5em; font-family: var(--mono); overflow-wrap: anywhere; }
    canvas { display: block; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
    this.stopTheme = onThemeChange(() => { this.paint(); });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.stopTheme?.();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('model') && !changed.has('step')) return;
    this.pair = this.model.axes === undefined ? undefined : makePair(this.model.axes, this.step, this.model.flip);
    this.pointed = undefined;
  }

  protected override updated(): void {
    this.paint();
  }

  override render(): TemplateResult {
    const { pair } = this;
    if (pair === undefined) {
      return html`<p class="muted">${this.model.axes === undefined
        ? 'The framework rejects these settings, so there is nothing to compute. What it says stands beside the controls.'
        : 'The matrix of this layer is too large to show.'}</p>`;
    }
    const shown = pair.axes.map(axis => axis.inputSize);
    const reduced = this.model.layer.rank === 3 || shown.some((size, axis) => size !== this.model.layer.inputSize[axis]);
    return html`
      <p class="prose"><strong>Transposed means: the same connections, walked the other way.</strong> A convolution with this kernel, stride and padding takes ${sizeText(pair.large)} to ${sizeText(pair.small)}. Its transpose takes ${sizeText(pair.small)} to ${sizeText(pair.large)}. It is not the inverse.
        ${reduced ? html`<span class="muted">Shown on a ${sizeText(shown)} input${this.model.layer.rank === 3 ? ', the last two axes' : ''}.</span>` : nothing}</p>
      ${this.renderOperation(pair, 'convolution')}
      ${this.renderOperation(pair, 'transpose')}
      ${this.renderBack(pair)}
      ${this.renderMatrix(pair)}
      ${this.renderIdentity(pair)}
      ${this.renderGradients(pair)}`;
  }

  private renderOperation(pair: Pair, which: 'convolution' | 'transpose'): TemplateResult {
    const [from, to] = which === 'convolution' ? ['large', 'small'] as const : ['small', 'large'] as const;
    const [input, output] = which === 'convolution' ? [pair.y, pair.convolved] : [pair.x, pair.transposed];
    const [inputName, outputName] = which === 'convolution' ? ['y', 'C·y'] : ['x', 'Cᵀ·x'];
    return html`<section aria-labelledby=${which}>
      <h2 id=${which}>${which === 'convolution' ? 'The convolution' : 'Its transpose, the layer'} <span class="muted">${sizeText(pair[from])} → ${sizeText(pair[to])}</span></h2>
      <div class="line">${this.renderGrid(inputName, from, pair[from], input)}<span class="operator" aria-hidden="true">${which === 'convolution' ? '⋆' : '×'}</span>
        ${this.renderKernel(pair)}<span class="operator" aria-hidden="true">→</span>${this.renderGrid(outputName, to, pair[to], output)}</div>
    </section>`;
  }

  private renderBack(pair: Pair): TemplateResult {
    return html`<section aria-labelledby="back"><h2 id="back">There and back</h2>
      <p class="prose muted">The convolution of the layer's output has the shape of x again, but not its values: transposing a matrix does not invert it. “Deconvolution” is a misnomer.</p>
      <div class="line">${this.renderGrid('x', 'small', pair.small, pair.x)}<span class="operator" aria-hidden="true">≠</span>${this.renderGrid('C·Cᵀ·x', 'small', pair.small, pair.thereAndBack)}</div></section>`;
  }

  private renderMatrix(pair: Pair): TemplateResult {
    const rows = pair.small[0] * pair.small[1];
    const columns = pair.large[0] * pair.large[1];
    const filled = pair.matrix.reduce((count, value) => count + Number(value !== 0), 0);
    return html`<section aria-labelledby="matrix"><h2 id="matrix">The matrix C <span class="muted">${sizeText([rows, columns])}</span></h2>
      <p class="prose muted">The convolution is a matrix with one row for each cell of its result; ${filled} of its ${rows * columns} entries are not zero. The transposed convolution multiplies by the same matrix with rows and columns swapped: each row here is one stamp of the kernel in the output.</p>
      <div class="scroll"><canvas tabindex="0" role="application" aria-roledescription="matrix" aria-label=${`The matrix C, ${rows} rows and ${columns} columns. Up and down move through the rows, left and right through the columns.`}
        aria-describedby="matrix-readout" @pointermove=${this.onPointer} @pointerleave=${() => { this.pointed = undefined; }} @keydown=${this.onKey}></canvas></div>
      <div class="readout" id="matrix-readout" role="status">${this.readout(pair)}</div></section>`;
  }

  private renderIdentity(pair: Pair): TemplateResult {
    const [left, right] = pair.innerProducts;
    return html`<section aria-labelledby="identity"><h2 id="identity">What makes it the transpose</h2>
      <div class="products"><span>⟨C·y, x⟩ = ${exactNumber(left)}</span><span>⟨y, Cᵀ·x⟩ = ${exactNumber(right)}</span></div>
      <p class="prose muted">The two agree for every x and y${Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left)) ? '' : html` <strong>— here they differ by ${decimal(left - right, 6)}</strong>`}. Deep learning uses this all the time: the backward pass of a convolution is a transposed convolution, and the backward pass of a transposed convolution is a convolution.</p></section>`;
  }

  private renderGradients(pair: Pair): TemplateResult {
    const found = gradients(pair);
    return html`<section aria-labelledby="gradients"><h2 id="gradients">Gradients have the pattern too</h2>
      <p class="prose muted">Give every cell on the small side the gradient 1 and go back. Through the strided convolution with equal weights the gradient is the overlap count; through max pooling with the same stride it goes only where the largest values were.</p>
      <div class="line">${this.renderGrid('Through the convolution', 'large', pair.large, found.convolution)}${this.renderGrid('Through max pooling', 'large', pair.large, found.pooling)}</div></section>`;
  }

  private renderGrid(name: string, side: SideCell['side'], size: Sizes, values: Float64Array): TemplateResult {
    return html`<div class=${side}><span class="name">${name} <span class="muted">${sizeText(size)}</span></span>
      <tconv-grid class=${side} .label=${name} .rows=${size[0]} .columns=${size[1]} .values=${values} .marks=${this.marks(side)}
        .strongest=${values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)}
        @cell-point=${(event: CustomEvent<CellEvent>) => { const { index } = event.detail; this.pointed = index === undefined ? undefined : { side, index }; }}></tconv-grid></div>`;
  }

  private renderKernel(pair: Pair): TemplateResult {
    return html`<div class="kernel"><span class="name">kernel <span class="muted">${sizeText(pair.kernelSize)}</span></span>
      <tconv-grid class="kernel" label="kernel" .rows=${pair.kernelSize[0]} .columns=${pair.kernelSize[1]} .values=${pair.kernel}
        .strongest=${pair.kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0)}></tconv-grid></div>`;
  }

  /** The cell pointed at, and those on the other side that the matrix connects with it. */
  private marks(side: SideCell['side']): ReadonlyMap<number, Mark> {
    const marks = new Map<number, Mark>();
    const { pointed, pair } = this;
    if (pointed === undefined || pair === undefined) return marks;
    if (pointed.side === side) marks.set(pointed.index, 'focus');
    else for (const index of this.connected(pair, pointed)) marks.set(index, 'related');
    return marks;
  }

  private connected(pair: Pair, cell: SideCell): readonly number[] {
    const rows = pair.small[0] * pair.small[1];
    const columns = pair.large[0] * pair.large[1];
    return cell.side === 'small'
      ? Array.from({ length: columns }, (_, column) => column).filter(column => pair.matrix[cell.index * columns + column] !== 0)
      : Array.from({ length: rows }, (_, row) => row).filter(row => pair.matrix[row * columns + cell.index] !== 0);
  }

  private readout(pair: Pair): string {
    const { pointed } = this;
    if (pointed === undefined) return 'Point at a cell of a grid or of the matrix to see what it is connected with.';
    const [, width] = pair[pointed.side];
    const place = pair.axes.length === 1 ? `[${pointed.index}]` : `[${Math.floor(pointed.index / width)},${pointed.index % width}]`;
    const others = this.connected(pair, pointed).length;
    return pointed.side === 'small'
      ? `row ${pointed.index}: the small side's ${place} is connected with ${counted(others, 'cell')} of the large side`
      : `column ${pointed.index}: the large side's ${place} is connected with ${counted(others, 'cell')} of the small side`;
  }

  private paint(): void {
    const { pair, canvas, pointed } = this;
    if (pair === undefined || canvas === null || canvas === undefined) return;
    const rows = pair.small[0] * pair.small[1];
    const columns = pair.large[0] * pair.large[1];
    this.cell = matrixCellSize(columns, this.room);
    paintMatrix(canvas, {
      matrix: pair.matrix, rows, columns, cell: this.cell,
      lit: { row: pointed?.side === 'small' ? pointed.index : undefined, column: pointed?.side === 'large' ? pointed.index : undefined },
    });
  }

  private onPointer(event: PointerEvent): void {
    const { pair } = this;
    if (pair === undefined) return;
    const row = Math.floor(event.offsetY / this.cell);
    if (row >= 0 && row < pair.small[0] * pair.small[1]) this.pointed = { side: 'small', index: row };
  }

  private onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [SideCell['side'], number]>> = { ArrowUp: ['small', -1], ArrowDown: ['small', 1], ArrowLeft: ['large', -1], ArrowRight: ['large', 1] };
    const move = moves[event.key];
    const { pair } = this;
    if (move === undefined || pair === undefined) return;
    event.preventDefault();
    const [side, by] = move;
    const count = pair[side][0] * pair[side][1];
    const before = this.pointed?.side === side ? this.pointed.index + by : 0;
    this.pointed = { side, index: Math.min(Math.max(before, 0), count - 1) };
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-transpose-view': TransposeView }
}
