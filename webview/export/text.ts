import { attributes } from './markup';
import { plainColour } from './colour';

/** A run of text on one line, in pixels of the page. */
interface Run {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** A text node as SVG, a line at a time, at its place relative to the origin. */
export function textMarkup(node: Text, style: CSSStyleDeclaration, origin: { readonly x: number; readonly y: number }): string {
  if (style.fontSize === '0px') return '';
  const runs = runsOf(node, style.whiteSpace.startsWith('pre'));
  if (runs.length === 0) return '';
  const { hex, opacity } = plainColour(style.color);
  const ascent = ascentShare(style);
  return runs.map(run => `<text${attributes({
    'x': run.left - origin.x, 'y': run.top - origin.y + run.height * ascent,
    'fill': hex, 'fill-opacity': opacity === 1 ? undefined : opacity,
    'font-family': style.fontFamily.replace(/"/g, '\''), 'font-size': style.fontSize,
    'font-weight': style.fontWeight === '400' ? undefined : style.fontWeight, 'font-style': style.fontStyle === 'normal' ? undefined : style.fontStyle,
    'text-decoration': style.textDecorationLine === 'none' ? undefined : style.textDecorationLine,
    // Another font then takes the same room.
    'textLength': run.text.length > 1 ? run.right - run.left : undefined, 'lengthAdjust': run.text.length > 1 ? 'spacingAndGlyphs' : undefined,
  })}>${escaped(run.text)}</text>`).join('');
}

export function escaped(text: string): string {
  // Control characters are not allowed in XML at all.
  return text.replace(/[^\P{Cc}\n\t]/gu, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function runsOf(node: Text, keepsSpace: boolean): readonly Run[] {
  const text = node.data;
  if (text.trim() === '') return [];
  const range = document.createRange();
  range.selectNodeContents(node);
  const rects = range.getClientRects();
  const [only] = rects;
  if (rects.length === 1 && only && (keepsSpace || !/\s\s|^\s|\s$|[\n\t]/.test(text))) return [run(text, only, only.right)];
  const runs: Run[] = [];
  for (let index = 0; index < text.length; index++) {
    // A character beyond the first plane is two units.
    const length = (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
    range.setStart(node, index);
    range.setEnd(node, index + length);
    const rect = range.getBoundingClientRect();
    const character = text.slice(index, index + length);
    index += length - 1;
    if (rect.width === 0) continue;
    const last = runs.at(-1);
    const isSpace = character.trim() === '';
    if (last !== undefined && Math.abs(last.top - rect.top) < 2) {
      runs[runs.length - 1] = { ...last, text: last.text + (isSpace ? ' ' : character), right: isSpace ? last.right : rect.right };
    }
    else if (!isSpace) runs.push(run(character, rect, rect.right));
  }
  return runs.map(each => ({ ...each, text: each.text.trimEnd() }));
}

function run(text: string, { left, top, height }: DOMRect, right: number): Run {
  return { text, left, right, top, height };
}

const ascents = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** How much of a line's height lies above its baseline. */
function ascentShare({ fontStyle, fontWeight, fontFamily }: CSSStyleDeclaration): number {
  const font = `${fontStyle} ${fontWeight} 100px ${fontFamily}`;
  const known = ascents.get(font);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return 0.8;
  context.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = context.measureText('x');
  const share = above + below > 0 ? above / (above + below) : 0.8;
  ascents.set(font, share);
  return share;
}
