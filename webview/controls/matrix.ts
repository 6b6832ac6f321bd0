import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { paintMatrix } from '../canvas/matrixPainter';
import { repaintOnThemeChange } from '../canvas/surface';
import { shared } from '../styles';

/** An entry, a row or a column of the matrix; nothing where the pointer left. */
export interface MatrixPoint {
  readonly row?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * A sparse matrix as coloured cells. Arrow keys move through rows and columns, page keys, Home and End to the first and last.
 * @fires matrix-point
 */
@customElement('tconv-matrix')
export class Matrix extends LitElement {
  @property({ attribute: false }) values: Float64Array = new Float64Array();
  @property({ attribute: false }) rows = 0;
  @property({ attribute: false }) columns = 0;
  /** Side of an entry on the page, in pixels. */
  @property({ attribute: false }) cell = 6;
  @property({ attribute: false }) point: MatrixPoint = {};
  /** Entries to outline besides. */
  @property({ attribute: false }) outlined: ((row: number, column: number) => boolean) | undefined;
  @property() label = '';
  @query('canvas') private canvas: HTMLCanvasElement | null | undefined;

  static override styles = [shared, css`
    :host { display: block; min-width: 0; max-width: 100%; }
    .scroll { max-height: 480px; overflow: auto; }
    canvas { display: block; }
  `];

  constructor() {
    super();
    repaintOnThemeChange(this, () => { this.paint(); });
  }

  override render(): TemplateResult {
    return html`<div class="scroll"><canvas tabindex="0" role="application" aria-roledescription="matrix" aria-label=${this.label}
      @pointermove=${this.onPointer} @pointerleave=${() => { this.send({}); }} @keydown=${this.onKey}></canvas></div>`;
  }

  protected override updated(): void {
    this.paint();
    if (this.matches(':focus-within')) this.reveal();
  }

  /** What the arrow keys have moved to stays in sight. */
  private reveal(): void {
    const scroller = this.canvas?.parentElement;
    if (!scroller) return;
    const { row, column } = this.point;
    if (row !== undefined) scroller.scrollTop = within(scroller.scrollTop, row * this.cell, this.cell, scroller.clientHeight);
    if (column !== undefined) scroller.scrollLeft = within(scroller.scrollLeft, column * this.cell, this.cell, scroller.clientWidth);
  }

  private paint(): void {
    const { canvas, values: matrix, rows, columns, point, outlined } = this;
    if (canvas === null || canvas === undefined) return;
    paintMatrix(canvas, { matrix, rows, columns, cell: this.cell, lit: { row: point.row, column: point.column, entry: outlined } });
  }

  private onPointer(event: PointerEvent): void {
    const row = Math.floor(event.offsetY / this.cell);
    const column = Math.floor(event.offsetX / this.cell);
    this.send(row >= 0 && row < this.rows && column >= 0 && column < this.columns ? { row, column } : {});
  }

  private onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly ['row' | 'column', number]>> = {
      ArrowUp: ['row', -1], ArrowDown: ['row', 1], ArrowLeft: ['column', -1], ArrowRight: ['column', 1],
      PageUp: ['row', -Infinity], PageDown: ['row', Infinity], Home: ['column', -Infinity], End: ['column', Infinity],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const [line, by] = move;
    const count = line === 'row' ? this.rows : this.columns;
    const before = this.point[line];
    this.send({ ...this.point, [line]: before === undefined && Number.isFinite(by) ? 0 : Math.min(Math.max((before ?? 0) + by, 0), count - 1) });
  }

  private send(detail: MatrixPoint): void {
    this.dispatchEvent(new CustomEvent<MatrixPoint>('matrix-point', { detail, bubbles: true, composed: true }));
  }
}

/** The scroll position nearest to the present one from which a piece is in sight, all in pixels. */
function within(scrolled: number, from: number, length: number, room: number): number {
  return Math.min(Math.max(scrolled, from + length - room), from);
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-matrix': Matrix }
  interface HTMLElementEventMap { 'matrix-point': CustomEvent<MatrixPoint> }
}
