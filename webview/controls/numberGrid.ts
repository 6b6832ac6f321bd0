import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { shortNumber } from '../format';
import { customProperties, shared } from '../styles';

/** What a cell is, told by its outline and by its name for screen readers. */
export type CellKind = 'plain' | 'cropped' | 'filled' | 'inserted' | 'border' | 'pending';

/** Why a cell is lit: `focus` is the one pointed at, `related` those in its sum, `pinned` those kept, `stamp` those of the current step. */
export type Mark = 'focus' | 'related' | 'pinned' | 'step';

/** Detail of the events that name a cell. */
export interface CellEvent {
  /** Index as in `values`, plus `offset`; `undefined` when the pointer left. */
  readonly index: number | undefined;
  readonly value?: number;
}

const cellNames: Readonly<Record<CellKind, string>> = {
  plain: '', cropped: 'cropped away', filled: 'beyond the reach of the input', inserted: 'inserted zero',
  border: 'zero around it', pending: 'not computed yet',
};

/** In cells narrower than this, in pixels, numbers could not be read. */
const readable = 22;

/**
 * A grid of numbers, one of its cells in the tab order, arrow keys move. Enter or Space pins a cell; in an editable
 * grid F2, a digit or a double click edits it.
 * @fires cell-point the pointer or the focus is on a cell, or left
 * @fires cell-pin
 * @fires cell-edit
 */
@customElement('tconv-grid')
export class NumberGrid extends LitElement {
  @property() label = '';
  @property({ attribute: false }) rows = 0;
  @property({ attribute: false }) columns = 0;
  /** Coordinates of the first cell. */
  @property({ attribute: false }) firstRow = 0;
  @property({ attribute: false }) firstColumn = 0;
  /** Row by row; NaN leaves a cell blank. */
  @property({ attribute: false }) values: ArrayLike<number> = [];
  /** Added to the indices in `marks`, `kind` and events: where this grid starts in a larger tensor. */
  @property({ attribute: false }) offset = 0;
  @property({ attribute: false }) marks: ReadonlyMap<number, Mark> = new Map();
  @property({ attribute: false }) kind: (index: number) => CellKind = () => 'plain';
  /** The value shown with the strongest colour. */
  @property({ attribute: false }) strongest = 1;
  @property({ type: Boolean }) editable = false;
  @state() private current = 0;
  @state() private editing: number | undefined;
  @query('input') private editor: HTMLInputElement | null | undefined;
  /** Answers before the browser paints. */
  private readonly resizing = new ResizeObserver(() => { this.measure(); });

  static override styles = [shared, css`
    :host { display: block; max-width: 100%; --colour: var(--output-colour); }
    .scroller { overflow-x: auto; padding: 3px; margin: -3px; }
    /* 100cqi is the room of the view; --beside what stands to the left of the grid. */
    .grid {
      --cell: clamp(var(--least), calc((100cqi - 38px - var(--beside, 0px)) / var(--columns) - var(--gap)), 36px);
      display: grid; grid-template-columns: auto repeat(var(--columns), var(--cell)); width: max-content; gap: var(--gap); font-family: var(--mono);
    }
    .line { display: contents; }
    .axis { color: var(--muted); font-size: 10px; min-width: 14px; display: grid; place-items: center end; padding: 0 3px; }
    .axis.top { place-items: end center; min-height: 14px; }
    .cell {
      position: relative; display: grid; place-items: center; height: var(--cell); overflow: hidden; cursor: default;
      border: 1px solid color-mix(in srgb, var(--colour) 65%, var(--vscode-editor-background)); border-radius: 3px; font-size: calc(var(--cell) / 3);
      background: color-mix(in srgb, var(--tint) calc(var(--strength) * 28%), var(--vscode-editor-background));
      color: var(--vscode-foreground);
    }
    /* Too small for numbers: a map of them, each told when it is pointed at. */
    :host([dense]) .cell { font-size: 0; border-radius: 1px; background-color: color-mix(in srgb, var(--tint) calc(var(--strength) * 80%), var(--vscode-editor-background)); }
    :host([dense]) .axis:not(.fifth) { visibility: hidden; }
    :host([dense]) .axis { min-height: 0; height: var(--cell); overflow: visible; }
    :host([dense]) .axis.top { min-width: 0; width: var(--cell); padding: 0; height: 14px; place-content: end center; }
    :host([dense]) .axis.top:last-child { place-content: end; }
    :host([dense]) .pinned::after { border-width: 2px; }
    :host([dense]) .related, :host([dense]) .step { outline-width: 1px; outline-style: solid; outline-offset: 0; }
    .long { font-size: calc(var(--cell) / 3.6); letter-spacing: -0.03em; }
    .cropped { border-style: dashed; border-color: var(--muted); opacity: 0.9; background: repeating-linear-gradient(135deg, transparent 0 4px, color-mix(in srgb, var(--muted) 22%, transparent) 4px 5px); }
    .filled { border-style: dotted; border-width: 2px; }
    .inserted, .border { border-style: dotted; border-color: color-mix(in srgb, var(--muted) 60%, transparent); background: none; color: var(--muted); }
    .border { border-style: dashed; }
    .pending { background: none; border-style: solid; border-color: color-mix(in srgb, var(--muted) 35%, transparent); }
    .related, .step { outline: 2px solid var(--vscode-foreground); outline-offset: -2px; font-weight: 600; }
    .step { outline-style: double; outline-width: 3px; outline-offset: -3px; }
    .focus { outline: 3px solid var(--vscode-focusBorder); outline-offset: -2px; font-weight: 700; z-index: 1; }
    .pinned { outline: 2px dashed var(--vscode-foreground); outline-offset: -3px; font-weight: 700; }
    .pinned::after { content: ''; position: absolute; top: 0; right: 0; border: 4px solid transparent; border-top-color: var(--vscode-foreground); border-right-color: var(--vscode-foreground); }
    .cell:focus-visible { outline: 3px solid var(--vscode-focusBorder); outline-offset: -1px; }
    .edited { overflow: visible; z-index: 2; }
    .cell input {
      position: absolute; left: 50%; top: 50%; translate: -50% -50%; width: max(100%, 44px); height: max(100%, 22px); min-height: 0;
      padding: 0; border: 0; text-align: center; font: inherit; font-size: 12px; appearance: textfield;
    }
    @media (forced-colors: active) { .cell { forced-color-adjust: none; } }
  `];

  override render(): TemplateResult {
    return html`<div class="scroller"><div class="grid" role="grid" aria-label=${this.label}
        aria-rowcount=${this.rows} aria-colcount=${this.columns} aria-readonly=${!this.editable}
        ${customProperties({ '--columns': this.columns, '--least': this.rows > 1 ? '6px' : '24px', '--gap': this.columns > 24 ? '1px' : '2px' })}
        @pointerover=${this.onPoint} @pointerleave=${this.onLeave} @focusin=${this.onFocusIn} @focusout=${this.onLeave}
        @keydown=${this.onKey} @click=${this.onClick} @dblclick=${this.onDoubleClick}>
      <div class="line" aria-hidden="true"><span></span>${this.each(this.columns, column =>
        html`<span class=${axisClass(this.firstColumn + column, 'top')}>${this.firstColumn + column}</span>`)}</div>
      ${this.each(this.rows, row => html`<div class="line" role="row" aria-rowindex=${row + 1}>
        <span class=${axisClass(this.firstRow + row)} aria-hidden="true">${this.rows > 1 ? this.firstRow + row : nothing}</span>
        ${this.each(this.columns, column => this.renderCell(row, column))}
      </div>`)}
    </div></div>`;
  }

  private renderCell(row: number, column: number): TemplateResult {
    const place = row * this.columns + column;
    const index = place + this.offset;
    const value = this.values[place] ?? NaN;
    const text = shortNumber(value);
    const kind = this.kind(index);
    const mark = this.marks.get(index);
    const strength = Math.min(Math.abs(value) / (this.strongest || 1), 1) || 0;
    const description = [`row ${this.firstRow + row}, column ${this.firstColumn + column}`, text || 'empty', cellNames[kind], mark === 'pinned' ? 'pinned' : '']
      .filter(part => part !== '').join(', ');
    return html`<div role="gridcell" class=${classMap({ cell: true, [kind]: true, [mark ?? 'unmarked']: true, long: text.length > 4, edited: this.editing === place })}
      data-place=${place} tabindex=${place === this.current ? 0 : -1} aria-colindex=${column + 1} aria-label=${description}
      aria-selected=${mark === 'pinned' ? 'true' : nothing}
      ${customProperties({ '--strength': strength.toFixed(3), '--tint': value < 0 ? 'var(--negative-colour)' : 'var(--colour)' })}
    >${this.editing === place
      ? html`<input type="text" inputmode="decimal" aria-label="New value" .value=${String(Number(value.toFixed(4)))} @blur=${this.finishEditing}>`
      : text}</div>`;
  }

  /** Pixels that a row lacks: what is out of sight until one scrolls, or what its numbers need to be readable. */
  get hiddenWidth(): number {
    const scroller = this.renderRoot.querySelector('.scroller');
    if (scroller === null) return 0;
    this.measure();
    return Math.max(scroller.scrollWidth, this.hasAttribute('dense') ? this.columns * (readable + 2) + 20 : 0) - scroller.clientWidth;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
  }

  protected override firstUpdated(): void {
    this.observe();
  }

  private observe(): void {
    const grid = this.renderRoot.querySelector('.grid');
    if (grid !== null) this.resizing.observe(grid);
  }

  private measure(): void {
    const cell = this.renderRoot.querySelector<HTMLElement>('.cell');
    if (cell !== null && cell.offsetWidth > 0) this.toggleAttribute('dense', cell.offsetWidth < readable);
  }

  protected override willUpdate(): void {
    if (this.current >= this.rows * this.columns) this.current = 0;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('editing') && this.editing !== undefined) {
      this.editor?.focus();
      this.editor?.select();
    }
  }

  private each(count: number, make: (index: number) => TemplateResult): readonly TemplateResult[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  private placeOf(event: Event): number | undefined {
    const target = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-place]') : null;
    return target === null ? undefined : Number(target.dataset['place']);
  }

  private send(type: string, place: number | undefined, value?: number): void {
    const detail: CellEvent = { index: place === undefined ? undefined : place + this.offset, ...(value === undefined ? {} : { value }) };
    this.dispatchEvent(new CustomEvent<CellEvent>(type, { detail, bubbles: true, composed: true }));
  }

  private onPoint(event: PointerEvent): void {
    const place = this.placeOf(event);
    if (place !== undefined) this.send('cell-point', place);
  }

  private onLeave(): void {
    this.send('cell-point', undefined);
  }

  private onFocusIn(event: FocusEvent): void {
    const place = this.placeOf(event);
    if (place === undefined) return;
    this.current = place;
    this.send('cell-point', place);
  }

  private onClick(event: MouseEvent): void {
    const place = this.placeOf(event);
    if (place !== undefined && this.editing === undefined) this.send('cell-pin', place);
  }

  private onDoubleClick(event: MouseEvent): void {
    const place = this.placeOf(event);
    if (place !== undefined && this.canEdit(place)) this.editing = place;
  }

  /** Zeros that are put between the inputs, or around them, stay zeros. */
  private canEdit(place: number): boolean {
    return this.editable && this.kind(place + this.offset) === 'plain';
  }

  private onKey(event: KeyboardEvent): void {
    if (this.editing !== undefined) { this.onEditorKey(event); return; }
    const row = Math.floor(this.current / this.columns);
    const column = this.current % this.columns;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? this.rows - 1 : row, this.columns - 1],
      PageUp: [0, column], PageDown: [this.rows - 1, column],
    };
    const move = moves[event.key];
    if (move !== undefined) {
      const [toRow, toColumn] = move;
      if (toRow >= 0 && toRow < this.rows && toColumn >= 0 && toColumn < this.columns) this.focusPlace(toRow * this.columns + toColumn);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.send('cell-pin', this.current);
    } else if (this.canEdit(this.current) && (event.key === 'F2' || /^[\d.-]$/.test(event.key)) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.editing = this.current;
      if (event.key === 'F2') event.preventDefault();
      return; // the digit goes into the field, which replaces its selected text
    } else {
      return;
    }
    event.preventDefault();
  }

  private onEditorKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.finishEditing();
    else if (event.key === 'Escape') this.editing = undefined;
    else return;
    event.preventDefault();
    event.stopPropagation();
    void this.updateComplete.then(() => { this.focusPlace(this.current); });
  }

  private finishEditing(): void {
    const place = this.editing;
    const text = (this.editor?.value ?? '').trim().replace('−', '-').replace(',', '.');
    const value = Number(text);
    this.editing = undefined;
    if (place !== undefined && text !== '' && Number.isFinite(value)) this.send('cell-edit', place, Math.max(-1e6, Math.min(1e6, value)));
  }

  private focusPlace(place: number): void {
    this.current = place;
    this.renderRoot.querySelector<HTMLElement>(`[data-place='${place}']`)?.focus();
  }
}

/** Where there is no room for all coordinates, each fifth is left. */
function axisClass(coordinate: number, ...more: readonly string[]): string {
  return ['axis', ...more, ...coordinate % 5 === 0 ? ['fifth'] : []].join(' ');
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-grid': NumberGrid }
  interface HTMLElementEventMap {
    'cell-point': CustomEvent<CellEvent>;
    'cell-pin': CustomEvent<CellEvent>;
    'cell-edit': CustomEvent<CellEvent>;
  }
}
