// Evaluated when the page is built (scripts/lib/tables.mjs): the page carries the colours, not what computes them.
import { interpolatePuOr, interpolateViridis } from 'd3-scale-chromatic';

const steps = 256;

/** 256 colours from dark to light, six hexadecimal digits each. */
export const sequentialColours = table(interpolateViridis);
/** 256 colours of two hues that meet in the middle, six hexadecimal digits each. */
export const divergingColours = table(interpolatePuOr);

function table(colour: (share: number) => string): string {
  return Array.from({ length: steps }, (_, index) => digits(colour(index / (steps - 1)))).join('');
}

/** @param text `#2d004b` or `rgb(45, 0, 75)` */
function digits(text: string): string {
  return text.startsWith('#') ? text.slice(1) : (text.match(/\d+/g) ?? []).map(part => Number(part).toString(16).padStart(2, '0')).join('');
}
