import { plainColour } from './colour';
import { attributes } from './markup';

/** Where a box is, in pixels of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Background, border and outline of an element, as SVG. */
export function boxMarkup(style: CSSStyleDeclaration, box: Box): string {
  return background(style, box) + border(style, box) + outline(style, box);
}

function background(style: CSSStyleDeclaration, box: Box): string {
  const { hex, opacity } = plainColour(style.backgroundColor);
  const fill = opacity === 0 ? '' : `<rect${attributes({ ...box, 'rx': radius(style), 'fill': hex, 'fill-opacity': opacity === 1 ? undefined : opacity })}/>`;
  const image = style.backgroundImage;
  return fill + (image.startsWith('repeating-linear-gradient') ? hatching(style, box) : image.startsWith('linear-gradient') ? ramp(image, box) : '');
}

const colourPattern = /(?:rgba?|color|oklab|oklch)\([^()]*\)/g;

/** Colours from left to right, evenly spaced: a scale. */
function ramp(gradient: string, box: Box): string {
  const colours = gradient.match(colourPattern) ?? [];
  const id = `g${ramps++}`;
  const stops = colours.map((css, index) => {
    const { hex, opacity } = plainColour(css);
    return `<stop${attributes({ 'offset': index / Math.max(colours.length - 1, 1), 'stop-color': hex, 'stop-opacity': opacity === 1 ? undefined : opacity })}/>`;
  });
  return `<linearGradient id="${id}">${stops.join('')}</linearGradient><rect${attributes({ ...box, fill: `url(#${id})` })}/>`;
}

let ramps = 0;

/** Thin lines from the lower left to the upper right. */
function hatching(style: CSSStyleDeclaration, { x, y, width, height }: Box): string {
  const colours = style.backgroundImage.match(colourPattern) ?? [];
  const { hex, opacity } = plainColour(colours.map(css => plainColour(css).opacity > 0 ? css : '').filter(css => css !== '').at(-1) ?? style.color);
  const lines: string[] = [];
  for (let along = 5; along < width + height; along += 7) {
    const [x1, y1] = along <= height ? [x, y + along] : [x + along - height, y + height];
    const [x2, y2] = along <= width ? [x + along, y] : [x + width, y + along - width];
    lines.push(`M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`);
  }
  return `<path${attributes({ 'd': lines.join(''), 'stroke': hex, 'stroke-opacity': opacity === 1 ? undefined : opacity, 'fill': 'none' })}/>`;
}

const sides = ['Top', 'Right', 'Bottom', 'Left'] as const;

function border(style: CSSStyleDeclaration, box: Box): string {
  const lines = sides.map(side => ({ width: pixels(style[`border${side}Width`]), kind: style[`border${side}Style`], colour: style[`border${side}Color`] }));
  const [first] = lines;
  const drawn = lines.filter(line => line.width > 0 && line.kind !== 'none' && line.kind !== 'hidden');
  if (first === undefined || drawn.length === 0) return '';
  if (drawn.length === 4 && lines.every(line => line.width === first.width && line.kind === first.kind && line.colour === first.colour)) {
    return frame(box, -first.width / 2, first, radius(style) ?? 0);
  }
  const { x, y, width, height } = box;
  const ends = [[x, y, x + width, y], [x + width, y, x + width, y + height], [x, y + height, x + width, y + height], [x, y, x, y + height]] as const;
  return lines.map((line, index) => {
    const [x1, y1, x2, y2] = ends[index] ?? ends[0];
    return drawn.includes(line) ? `<line${attributes({ x1, y1, x2, y2, ...stroke(line) })}/>` : '';
  }).join('');
}

function outline(style: CSSStyleDeclaration, box: Box): string {
  const line = { width: pixels(style.outlineWidth), kind: style.outlineStyle, colour: style.outlineColor };
  if (line.width === 0 || line.kind === 'none') return '';
  return frame(box, pixels(style.outlineOffset) + line.width / 2, line, radius(style) ?? 0);
}

interface Line {
  readonly width: number;
  readonly kind: string;
  readonly colour: string;
}

/** @param beyond how far outside the box the middle of the line runs */
function frame({ x, y, width, height }: Box, beyond: number, line: Line, rounding: number): string {
  const rect = { x: x - beyond, y: y - beyond, width: width + 2 * beyond, height: height + 2 * beyond, rx: rounding > 0 ? Math.max(rounding + beyond, 0) : undefined };
  return rect.width > 0 && rect.height > 0 ? `<rect${attributes({ ...rect, 'fill': 'none', ...stroke(line) })}/>` : '';
}

function stroke({ width, kind, colour }: Line): Readonly<Record<string, string | number | undefined>> {
  const { hex, opacity } = plainColour(colour);
  return {
    'stroke': hex, 'stroke-opacity': opacity === 1 ? undefined : opacity, 'stroke-width': width,
    'stroke-dasharray': kind === 'dashed' ? `${3 * width} ${2 * width}` : kind === 'dotted' ? `${width} ${width}` : undefined,
  };
}

function radius(style: CSSStyleDeclaration): number | undefined {
  return pixels(style.borderTopLeftRadius) || undefined;
}

export function pixels(text: string): number {
  return Number.parseFloat(text) || 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
