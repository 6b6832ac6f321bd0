import { divergingColours, sequentialColours } from './colours.table';

export type Rgb = readonly [red: number, green: number, blue: number];

const sequentialTable = table(sequentialColours);
const divergingTable = table(divergingColours);

/** Perceptually even, from dark to light: for amounts. @param share 0 to 1 */
export function sequential(share: number): Rgb {
  return at(sequentialTable, share) ?? [0, 0, 0];
}

/** Two hues that meet in the middle: for signed values. @param value -1 to 1 */
export function diverging(value: number): Rgb {
  return at(divergingTable, (value + 1) / 2) ?? [0, 0, 0];
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

function at(colours: readonly Rgb[], share: number): Rgb | undefined {
  return colours[Math.round(Math.min(Math.max(share, 0), 1) * (colours.length - 1))];
}

/** @param digits six hexadecimal ones a colour */
function table(digits: string): readonly Rgb[] {
  const channel = (index: number): number => parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  return Array.from({ length: digits.length / 6 }, (_, index) => [channel(3 * index), channel(3 * index + 1), channel(3 * index + 2)]);
}
