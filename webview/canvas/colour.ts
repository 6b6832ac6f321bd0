import { interpolatePuOr, interpolateViridis } from 'd3-scale-chromatic';

export type Rgb = readonly [red: number, green: number, blue: number];

const steps = 256;
const sequentialTable = table(interpolateViridis);
const divergingTable = table(interpolatePuOr);

/** Perceptually even, from dark to light: for amounts. @param share 0 to 1 */
export function sequential(share: number): Rgb {
  return sequentialTable[place(share)] ?? [0, 0, 0];
}

/** Two hues that meet in the middle: for signed values. @param value -1 to 1 */
export function diverging(value: number): Rgb {
  return divergingTable[place((value + 1) / 2)] ?? [0, 0, 0];
}

export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever is easier to read on the colour (relative luminance of WCAG 2). */
export function textOn([red, green, blue]: Rgb): '#000000' | '#ffffff' {
  const linear = (channel: number): number => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) > 0.179 ? '#000000' : '#ffffff';
}

function place(share: number): number {
  return Math.round(Math.min(Math.max(share, 0), 1) * (steps - 1));
}

function table(colour: (share: number) => string): readonly Rgb[] {
  return Array.from({ length: steps }, (_, index) => parse(colour(index / (steps - 1))));
}

function parse(text: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(text);
  const parts = hex !== null ? hex.slice(1).map(part => parseInt(part, 16)) : (text.match(/\d+/g) ?? []).map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}
