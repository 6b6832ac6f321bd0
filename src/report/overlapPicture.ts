/**
 * A small picture of how many contributions interior outputs get, for a hover: a strip of bars in one
 * dimension, a map in two; of three dimensions the last two, at the first residue of depth.
 *
 * A hover cannot tell the picture which theme it is shown in. So everything is drawn in cells that bring
 * their own background; nothing relies on the colour behind them. Every cell carries its number: colour
 * is never the only sign.
 *
 * @param counts per axis, contributions by residue of the output position modulo the stride.
 * @returns an SVG document, or `undefined` where the pattern is too wide to be read at this size.
 */
export function overlapPicture(counts: readonly (readonly number[])[]): string | undefined {
  if (counts.length === 0 || counts.some(axis => axis.length === 0 || axis.length > maximumPeriod)) return undefined;
  const [first = [], second] = counts.slice(-2);
  const before = counts.slice(0, -2).reduce((product, axis) => product * (axis[0] ?? 0), 1);
  return second === undefined ? bars(first) : map(first, second, before);
}

/** The picture as the source of an image. */
export function svgDataUri(svg: string): string {
  return `data:image/svg+xml;base64,${base64(svg)}`;
}

/** Fill and text colour of a cell with that share (0 to 1) of the greatest count. */
export function cellColours(share: number): { readonly fill: string; readonly text: string } {
  const fill = lightest.map((from, channel) => Math.round(from + share * ((darkest[channel] ?? 0) - from)));
  return { fill: hex(fill), text: share > 0.7 ? '#ffffff' : '#000000' };
}

const maximumPeriod = 16;
/** Cells along an axis: whole periods, at least this many. Wider than high, since hovers are. */
const minimumCells = { across: 8, down: 4 };
const lightest = [222, 235, 247];
const darkest = [8, 69, 148];
const outline = '#7f8fa0';

function map(rows: readonly number[], columns: readonly number[], factor: number): string {
  const height = cellsFor(rows.length, minimumCells.down);
  const width = cellsFor(columns.length, minimumCells.across);
  const greatest = Math.max(...rows) * Math.max(...columns) * factor;
  const cell = cellSize(Math.max(width, height), greatest);
  const cells: string[] = [];
  for (let row = 0; row < height; row++) for (let column = 0; column < width; column++) {
    const count = at(rows, row) * at(columns, column) * factor;
    cells.push(numberedCell(column * cell, row * cell, cell, count, greatest));
  }
  return svgDocument(width * cell, height * cell, cell, cells);
}

function bars(axis: readonly number[]): string {
  const width = cellsFor(axis.length, minimumCells.across);
  const greatest = Math.max(...axis);
  const cell = cellSize(width, greatest);
  const unit = greatest === 0 ? 0 : Math.min(10, 48 / greatest);
  const base = Math.round(unit * greatest);
  const parts: string[] = [];
  for (let column = 0; column < width; column++) {
    const count = at(axis, column);
    const { fill } = cellColours(greatest === 0 ? 0 : count / greatest);
    const bar = round(count * unit);
    if (count > 0) parts.push(`<rect x="${column * cell + 1}" y="${round(base - bar)}" width="${cell - 2}" height="${bar}" fill="${fill}" stroke="${outline}"/>`);
    parts.push(numberedCell(column * cell, base + 2, cell, count, greatest));
  }
  return svgDocument(width * cell, base + 2 + cell, cell, parts);
}

function numberedCell(x: number, y: number, size: number, count: number, greatest: number): string {
  const { fill, text } = cellColours(greatest === 0 ? 0 : count / greatest);
  const rect = `<rect x="${x + 0.5}" y="${y + 0.5}" width="${size - 1}" height="${size - 1}" fill="${count === 0 ? 'url(#hole)' : fill}" stroke="${outline}"/>`;
  return `${rect}<text x="${x + size / 2}" y="${y + size / 2}" fill="${text}">${count}</text>`;
}

function svgDocument(width: number, height: number, cell: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
    + `<defs><pattern id="hole" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#ffffff"/><path d="M0 4L4 0" stroke="#c9b3b3" stroke-width="0.7"/></pattern></defs>`
    + `<g font-family="system-ui, sans-serif" font-size="${cell > 16 ? 11 : 9}" font-weight="600" text-anchor="middle" dominant-baseline="central">${parts.join('')}</g></svg>`;
}

function cellsFor(period: number, least: number): number {
  return period * Math.ceil(least / period);
}

/** In pixels: smaller where there are many, wide enough for the longest number. */
function cellSize(cells: number, greatest: number): number {
  const comfortable = cells <= 9 ? 20 : cells <= 12 ? 17 : 15;
  return Math.max(comfortable, String(greatest).length * 6 + 6);
}

function at(axis: readonly number[], position: number): number {
  return axis[position % axis.length] ?? 0;
}

function hex(channels: readonly number[]): string {
  return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Of ASCII text. */
function base64(text: string): string {
  return btoa(text);
}
