import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { matrixCellSize } from '../canvas/matrixPainter';
import '../controls/matrix';
import type { MatrixPoint } from '../controls/matrix';
import '../controls/numberGrid';
import type { CellEvent, Mark } from '../controls/numberGrid';
import { Room } from '../controls/room';
import { counted, decimal, exactNumber, sizeText } from '../format';
import { gradients, makePair, tapBetween, type Pair, type Sizes } from '../grids/adjoint';
import { makeWalk, type Walk } from '../grids/walk';
import type { Model } from '../layer/model';
import type { StepState } from '../state/step';
import type { TransposeState } from '../state/transpose';
import { shared } from '../styles';
import { changeState } from './change';
import type { Pointed } from './transpose/marks';
import { joined, renderOperations, strongest } from './transpose/operations';
import { transposeStyle } from './transpose/style';
import { placeText, sideText } from './transpose/words';

/** The plain convolution beside its transpose: shapes swap, values do not come back. */
@customElement('tconv-transpose-view')
export class TransposeView extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ attribute: false }) settings!: TransposeState;
  /** Where the numbers come from. */
  @property({ attribute: false }) step!: StepState;
  /** Without what follows from them, as in an animation. */
  @property({ attribute: false }) operationsAlone = false;
  @state() private pointed: Pointed = {};
  /** Only there it is read out, so that it is said once. */
  @state() private pointedIn: 'grids' | 'matrix' = 'grids';
  private readonly room = new Room(this);
  private walk: Walk | undefined;

  static override styles = [shared, transposeStyle];

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('model') && !changed.has('step')) return;
    const pair = this.model.axes === undefined ? undefined : makePair(this.model.axes, this.step, this.model.flip);
    this.walk = pair && makeWalk(pair);
    this.pointed = {};
  }

  override render(): TemplateResult {
    const { walk } = this;
    if (walk === undefined) {
      return html`<p class="muted">${this.model.axes === undefined
        ? 'The framework rejects these settings, so there is nothing to compute. What it says stands beside the controls.'
        : 'The matrix of this layer is too large to show.'}</p>`;
    }
    const operations = renderOperations({
      walk, position: this.settings.position, step: this.step, pointed: this.pointed, tells: this.pointedIn === 'grids',
      point: pointed => { this.point(pointed); },
      goTo: position => { this.point({}); changeState(this, { transpose: { position } }); },
      change: change => { changeState(this, { step: { ...this.step, ...change } }); },
    });
    if (this.operationsAlone) return operations;
    const { pair } = walk;
    return html`${this.renderIntroduction(pair)}${operations}${this.renderBack(pair)}${this.renderMatrices(pair)}${this.renderIdentity(pair)}${this.renderGradients(pair)}`;
  }

  private renderIntroduction(pair: Pair): TemplateResult {
    const shown = pair.axes.map(axis => axis.inputSize);
    const reduced = this.model.layer.rank === 3 || shown.some((size, axis) => size !== this.model.layer.inputSize[axis]);
    return html`<p class="prose"><strong>Transposed means: the same connections, walked the other way.</strong> A convolution with this kernel, stride and padding takes ${sideText(pair, 'large')} to ${sideText(pair, 'small')}. Its transpose takes ${sideText(pair, 'small')} to ${sideText(pair, 'large')}. It is not the inverse.
        ${reduced ? html`<span class="muted">Shown on a ${sizeText(shown)} input${this.model.layer.rank === 3 ? ', the last two axes' : ''}.</span>` : ''}</p>`;
  }

  private renderBack(pair: Pair): TemplateResult {
    return html`<section aria-labelledby="back"><h2 id="back">There and back</h2>
      <p class="prose muted">The convolution of the layer's output has the shape of x again, but not its values: transposing a matrix does not invert it. “Deconvolution” is a misnomer.</p>
      <div class="line">${this.renderGrid(pair, 'x', 'small', pair.x)}${joined('≠', this.renderGrid(pair, 'C·Cᵀ·x', 'small', pair.thereAndBack))}</div></section>`;
  }

  private renderMatrices(pair: Pair): TemplateResult {
    const rows = pair.small[0] * pair.small[1];
    const columns = pair.large[0] * pair.large[1];
    const filled = pair.matrix.reduce((count, value) => count + Number(value !== 0), 0);
    const { small, large, kernel } = this.pointed;
    const outlined = kernel === undefined || (small !== undefined && large !== undefined) ? undefined
      : (row: number, column: number): boolean => tapBetween(pair, row, column) === kernel;
    const cell = matrixCellSize(rows, columns, this.room.width);
    return html`<section aria-labelledby="matrix"><h2 id="matrix">The matrix C and its transpose</h2>
      <p class="prose muted">The convolution is a matrix with one row for each cell of its result; ${filled} of its ${rows * columns} entries are not zero. The transposed convolution multiplies by the same matrix with rows and columns swapped: each column of Cᵀ is one stamp of the kernel in the output.</p>
      <div class="matrices">
        <div><span class="name">C <span class="muted">${sizeText([rows, columns])}</span></span><tconv-matrix .values=${pair.matrix} .rows=${rows} .columns=${columns} .cell=${cell} .point=${{ row: small, column: large }} .outlined=${outlined}
          label=${`The matrix C, ${rows} rows and ${columns} columns. Up and down move through the rows, left and right through the columns.`}
          @matrix-point=${(event: CustomEvent<MatrixPoint>) => { this.pointAt(pair, event.detail.row, event.detail.column); }}></tconv-matrix></div>
        <div><span class="name">Cᵀ <span class="muted">${sizeText([columns, rows])}</span></span><tconv-matrix .values=${pair.transposedMatrix} .rows=${columns} .columns=${rows} .cell=${cell} .point=${{ row: large, column: small }}
          .outlined=${outlined === undefined ? undefined : (row: number, column: number): boolean => outlined(column, row)}
          label=${`Its transpose, ${columns} rows and ${rows} columns.`}
          @matrix-point=${(event: CustomEvent<MatrixPoint>) => { this.pointAt(pair, event.detail.column, event.detail.row); }}></tconv-matrix></div>
      </div>
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
    const ones = new Float64Array(pair.x.length).fill(1);
    return html`<section aria-labelledby="gradients"><h2 id="gradients">Gradients have the pattern too</h2>
      <p class="prose muted">Give every cell of C·y the gradient 1 and go back to y: the backward pass of the convolution is the forward pass of its transpose, Cᵀ·g. With equal weights the gradient is the overlap count. Through max pooling with the same stride it goes only where the largest values were.</p>
      <div class="line">${this.renderGrid(pair, 'g, on C·y', 'small', ones)}${joined('→', this.renderGrid(pair, 'Cᵀ·g, this kernel', 'large', found.convolution))}</div>
      <div class="line">${this.renderGrid(pair, 'Equal weights', 'large', found.counts)}${this.renderGrid(pair, 'Through max pooling', 'large', found.pooling)}</div></section>`;
  }

  private renderGrid(pair: Pair, name: string, side: 'small' | 'large', values: Float64Array): TemplateResult {
    const size = pair[side];
    return html`<div class=${side}><span class="name">${name} <span class="muted">${sideText(pair, side)}</span></span>
      <tconv-grid class=${side} .label=${name} .rows=${size[0]} .columns=${size[1]} .values=${values} .marks=${this.marks(side, pair)}
        .strongest=${strongest(values)} @cell-point=${(event: CustomEvent<CellEvent>) => { this.point(event.detail.index === undefined ? {} : { [side]: event.detail.index }); }}></tconv-grid></div>`;
  }

  private point(pointed: Pointed): void {
    this.pointed = pointed;
    this.pointedIn = 'grids';
  }

  private pointAt(pair: Pair, small: number | undefined, large: number | undefined): void {
    const kernel = small === undefined || large === undefined ? undefined : tapBetween(pair, small, large);
    this.pointed = { ...(small === undefined ? {} : { small }), ...(large === undefined ? {} : { large }), ...(kernel === undefined ? {} : { kernel }) };
    this.pointedIn = 'matrix';
  }

  /** The cells pointed at, and those on the other side that the matrix connects with one. */
  private marks(side: 'small' | 'large', pair: Pair): ReadonlyMap<number, Mark> {
    const { pointed } = this;
    const index = pointed[side];
    if (index !== undefined) return new Map([[index, 'focus']]);
    const { small, large } = pointed;
    if (side === 'large' && small !== undefined) return new Map(connectedLarge(pair, small).map(cell => [cell, 'related']));
    if (side === 'small' && large !== undefined) return new Map(connectedSmall(pair, large).map(cell => [cell, 'related']));
    return new Map();
  }

  private readout(pair: Pair): string {
    const place = (size: Sizes, index: number): string => placeText(pair.axes.length, size, index);
    if (this.pointedIn === 'grids') return 'Point at an entry, or move with the arrow keys, to see what it connects.';
    const { small, large, kernel } = this.pointed;
    if (small !== undefined && large !== undefined) {
      const between = `small ${place(pair.small, small)} and large ${place(pair.large, large)}`;
      const value = pair.matrix[small * pair.large[0] * pair.large[1] + large] ?? 0;
      return kernel === undefined ? `C[${small},${large}] = 0: ${between} are not connected` : `C[${small},${large}] = ${exactNumber(value)}: kernel ${place(pair.kernelSize, kernel)} connects ${between}`;
    }
    if (small !== undefined) return `row ${small}: the small side's ${place(pair.small, small)} is connected with ${counted(connectedLarge(pair, small).length, 'cell')} of the large side`;
    if (large !== undefined) return `column ${large}: the large side's ${place(pair.large, large)} is connected with ${counted(connectedSmall(pair, large).length, 'cell')} of the small side`;
    return 'Point at an entry, or move with the arrow keys, to see what it connects.';
  }
}

function connectedLarge(pair: Pair, small: number): readonly number[] {
  return indices(pair.large[0] * pair.large[1]).filter(large => pair.matrix[small * pair.large[0] * pair.large[1] + large] !== 0);
}

function connectedSmall(pair: Pair, large: number): readonly number[] {
  return indices(pair.small[0] * pair.small[1]).filter(small => pair.matrix[small * pair.large[0] * pair.large[1] + large] !== 0);
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-transpose-view': TransposeView }
}
