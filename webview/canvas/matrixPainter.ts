import { cssColour, diverging, sequential } from './colour';
import { surface, themeColour } from './surface';

/** Taller than this a matrix is no longer seen at a glance. */
const tallest = 440;

/** Side of an entry on the page, so that a matrix and its transpose stand side by side where there is room. */
export function matrixCellSize(rows: number, columns: number, room: number): number {
  const beside = Math.floor((room - 20) / (rows + columns));
  const below = Math.floor(room / Math.max(rows, columns));
  const longest = Math.max(rows, columns);
  return Math.max(3, Math.min(14, Math.floor(tallest / longest), beside >= 4 ? beside : below));
}

/** Paints a sparse matrix: zeros stay empty. */
export function paintMatrix(canvas: HTMLCanvasElement, options: {
  readonly matrix: Float64Array; readonly rows: number; readonly columns: number; readonly cell: number;
  readonly lit: { readonly row: number | undefined; readonly column: number | undefined; readonly entry?: ((row: number, column: number) => boolean) | undefined };
}): void {
  const { matrix, rows, columns, cell, lit } = options;
  const context = surface(canvas, columns * cell + 1, rows * cell + 1);
  if (context === undefined) return;
  const line = themeColour(canvas, '--vscode-descriptionForeground', '#808080');
  const strongest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const signed = matrix.some(value => value < 0);
  context.globalAlpha = 0.25;
  context.strokeStyle = line;
  context.lineWidth = 0.5;
  context.strokeRect(0.5, 0.5, columns * cell, rows * cell);
  context.globalAlpha = 1;
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) {
    const value = matrix[row * columns + column] ?? 0;
    if (value === 0) continue;
    context.fillStyle = cssColour(signed ? diverging(value / strongest) : sequential(0.15 + 0.85 * value / strongest));
    context.fillRect(column * cell + 0.5, row * cell + 0.5, cell - 0.5, cell - 0.5);
  }
  context.strokeStyle = themeColour(canvas, '--vscode-foreground', '#808080');
  context.lineWidth = Math.min(2, cell / 4);
  if (lit.entry !== undefined) for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) {
    if (lit.entry(row, column)) context.strokeRect(column * cell + 1, row * cell + 1, cell - 1.5, cell - 1.5);
  }
  context.strokeStyle = themeColour(canvas, '--vscode-focusBorder', '#2488db');
  context.lineWidth = 2;
  if (lit.row !== undefined) context.strokeRect(1, lit.row * cell + 0.5, columns * cell - 1, cell);
  if (lit.column !== undefined) context.strokeRect(lit.column * cell + 0.5, 1, cell, rows * cell - 1);
}
