import { boxMarkup, pixels, type Box } from './box';
import { plainColour } from './colour';
import { attributes } from './markup';
import { escaped, textMarkup } from './text';

/** A picture of a part of the page. */
export interface Picture {
  readonly svg: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** What one works with, and what has no meaning on paper. */
const tools = 'button, select, input, textarea, label, summary, progress, tconv-segmented, tconv-transport, tconv-copy-button, [data-tool]';

const margin = 16;
/** How far an outline may reach out of its box. */
const beyond = 1;

/**
 * Draws what an element shows as SVG, without its controls: boxes, text, pictures. It needs no style sheet and no
 * script, so that any program can open it.
 * @param caption a line above it, such as the call of the layer.
 */
export function pictureOf(element: Element, caption = ''): Picture {
  const hidden = hideTools(element);
  try {
    return draw(element, caption);
  } finally {
    // Before the browser paints: nobody sees them go.
    for (const { tool, display } of hidden) tool.style.display = display;
  }
}

function draw(element: Element, caption: string): Picture {
  const style = getComputedStyle(element);
  const { origin, line, width, height } = sheetFor(element, caption);
  const content = elementMarkup(element, origin);
  const { hex } = plainColour(backgroundBehind(element));
  const title = caption === '' ? '' : `<text${attributes({
    'x': margin, 'y': margin + line / 2, 'fill': plainColour(style.color).hex, 'font-family': style.getPropertyValue('--mono').replace(/"/g, '\'') || 'monospace',
    'font-size': style.fontSize, 'font-weight': 600,
  })}>${escaped(caption)}</text>`;
  return { width, height, svg: svgOf(width, height, `<rect${attributes({ width, height, 'fill': hex })}/>${title}${content}`) };
}

/** Elements of the picture drawn anew, each on what is behind it, and the rest empty. */
export interface PartsPicture extends Picture {
  /** Where something is drawn, in whole pixels. */
  readonly boxes: readonly Box[];
}

/** As `pictureOf`, but only these parts of the element, which has no tools to hide. `undefined` where one is cut off by what it scrolls in. */
export function partsPicture(element: Element, parts: readonly Element[], caption = ''): PartsPicture | undefined {
  const { origin, width, height } = sheetFor(element, caption);
  const boxes: Box[] = [];
  let behind = '';
  let content = '';
  for (const part of parts) {
    const rect = part.getBoundingClientRect();
    // Within a tool.
    if (rect.width === 0 || rect.height === 0) continue;
    if (parents(part).some(parent => getComputedStyle(parent).overflowX !== 'visible' && parent.scrollWidth > parent.clientWidth + 1)) return undefined;
    // Whole pixels, so that at the edges nothing shines through of what was there.
    const [x, y] = [Math.max(0, Math.floor(rect.left - origin.x) - beyond), Math.max(0, Math.floor(rect.top - origin.y) - beyond)];
    const box = { x, y, width: Math.min(width, Math.ceil(rect.right - origin.x) + beyond) - x, height: Math.min(height, Math.ceil(rect.bottom - origin.y) + beyond) - y };
    boxes.push(box);
    behind += `<rect${attributes({ ...box, fill: plainColour(backgroundBehind(part.parentElement ?? part)).hex })}/>`;
    content += elementMarkup(part, origin);
  }
  return { width, height, boxes, svg: svgOf(width, height, behind + content) };
}

/** The sheet that an element is drawn on. */
function sheetFor(element: Element, caption: string): { readonly origin: { readonly x: number; readonly y: number }; readonly line: number; readonly width: number; readonly height: number } {
  const rect = element.getBoundingClientRect();
  const line = caption === '' ? 0 : pixels(getComputedStyle(element).fontSize) * 2;
  return {
    origin: { x: rect.left - margin, y: rect.top - margin - line }, line,
    width: Math.ceil(rect.width + 2 * margin), height: Math.ceil(rect.height + 2 * margin + line),
  };
}

function svgOf(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg"${attributes({ width, height, 'viewBox': `0 0 ${width} ${height}` })}>${content}</svg>`;
}

/** Hides what `pictureOf` leaves out. */
export function hideTools(root: Element): readonly { readonly tool: HTMLElement; readonly display: string }[] {
  const found: { tool: HTMLElement; display: string }[] = [];
  const visit = (scope: Element | ShadowRoot): void => {
    for (const each of scope.querySelectorAll('*')) {
      if (each instanceof HTMLElement && each.matches(tools)) {
        if (each.style.display !== 'none') found.push({ tool: each, display: each.style.display });
      }
      else if (each.shadowRoot) visit(each.shadowRoot);
    }
    if (scope instanceof Element && scope.shadowRoot) visit(scope.shadowRoot);
  };
  visit(root);
  for (const { tool } of found) tool.style.display = 'none';
  return found;
}

function elementMarkup(element: Element, origin: { readonly x: number; readonly y: number }): string {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || element.classList.contains('hidden-text')) return '';
  const rect = element.getBoundingClientRect();
  const box: Box = { x: rect.left - origin.x, y: rect.top - origin.y, width: rect.width, height: rect.height };
  const hasBox = style.display !== 'contents' && rect.width > 0 && rect.height > 0;
  const own = hasBox ? boxMarkup(style, box) : '';
  const opacity = Number(style.opacity);
  const inside = contentMarkup(element, style, box, origin);
  if (own + inside === '') return '';
  return opacity < 1 ? `<g${attributes({ opacity })}>${own}${inside}</g>` : own + inside;
}

function contentMarkup(element: Element, style: CSSStyleDeclaration, box: Box, origin: { readonly x: number; readonly y: number }): string {
  if (element instanceof HTMLCanvasElement) return image(element.toDataURL('image/png'), box, style);
  if (element instanceof HTMLImageElement) return image(imageData(element), box, style);
  if (element instanceof SVGSVGElement) return svgMarkup(element, box);
  const children = element instanceof HTMLSlotElement ? element.assignedNodes({ flatten: true }) : (element.shadowRoot ?? element).childNodes;
  const inside = Array.from(children, node => {
    if (node instanceof Text) return textMarkup(node, style, origin);
    return node instanceof Element ? elementMarkup(node, origin) : '';
  }).join('');
  if (inside === '' || style.overflowX === 'visible' || (element.scrollWidth <= element.clientWidth + 1 && element.scrollHeight <= element.clientHeight + 1)) return inside;
  // What is scrolled away is not there.
  const id = `c${clips++}`;
  return `<clipPath id="${id}"><rect${attributes({ ...box })}/></clipPath><g clip-path="url(#${id})">${inside}</g>`;
}

let clips = 0;

function image(address: string, box: Box, style: CSSStyleDeclaration): string {
  return address === '' ? '' : `<image${attributes({ ...box, 'href': address, 'preserveAspectRatio': 'none', 'style': style.imageRendering === 'pixelated' ? 'image-rendering: pixelated' : undefined })}/>`;
}

function imageData(element: HTMLImageElement): string {
  const canvas = document.createElement('canvas');
  canvas.width = element.naturalWidth;
  canvas.height = element.naturalHeight;
  if (canvas.width === 0) return '';
  canvas.getContext('2d')?.drawImage(element, 0, 0);
  return canvas.toDataURL('image/png');
}

const painted = ['fill', 'stroke'] as const;
const plainProperties = ['stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'fill-opacity', 'stroke-opacity', 'font-size', 'font-family', 'font-weight', 'text-anchor', 'dominant-baseline'] as const;

/** An SVG of the page with its style written into its elements. */
function svgMarkup(element: SVGSVGElement, box: Box): string {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const originals = [element, ...element.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((target, index) => {
    const source = originals[index];
    if (source === undefined) return;
    const style = getComputedStyle(source);
    for (const name of painted) {
      const value = style.getPropertyValue(name);
      const colour = value === 'none' || value.startsWith('url') ? undefined : plainColour(value);
      target.setAttribute(name, colour?.hex ?? value);
      if (colour !== undefined && colour.opacity < 1) target.setAttribute(`${name}-opacity`, String(colour.opacity));
    }
    for (const name of plainProperties) {
      const value = style.getPropertyValue(name).replace(/"/g, '\'');
      if (value !== '' && !target.hasAttribute(name)) target.setAttribute(name, value);
    }
    for (const name of ['class', 'style', 'tabindex', 'role']) target.removeAttribute(name);
  });
  for (const [name, value] of Object.entries(box)) copy.setAttribute(name, String(Math.round(Number(value) * 100) / 100));
  return new XMLSerializer().serializeToString(copy);
}

/** The nearest background that covers what is behind. */
function backgroundBehind(element: Element): string {
  for (const at of [element, ...parents(element)]) {
    const { backgroundColor } = getComputedStyle(at);
    if (plainColour(backgroundColor).opacity === 1) return backgroundColor;
  }
  return getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background') || '#ffffff';
}

/** From the nearest outwards, through shadow roots. */
function parents(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let at = parentOf(element); at !== null; at = parentOf(at)) found.push(at);
  return found;
}

function parentOf(element: Element): Element | null {
  const root = element.parentElement === null ? element.getRootNode() : undefined;
  return root instanceof ShadowRoot ? root.host : element.parentElement;
}
