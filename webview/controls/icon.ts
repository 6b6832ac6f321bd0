import { html, type TemplateResult } from 'lit';

const paths = {
  start: 'M3 3h1.5v10H3zM13 3v10L5.5 8z',
  back: 'M11.5 3v10L4 8z',
  play: 'M4.5 2.5v11L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M3.5 3v10L11 8zM11 3h1.5v10H11z',
  again: 'M13.5 3v4.5H9l1.7-1.7A4 4 0 1 0 12 9h1.5A5.5 5.5 0 1 1 11.8 4.7z',
  close: 'm8 7 3.5-3.5 1 1L9 8l3.5 3.5-1 1L8 9l-3.5 3.5-1-1L7 8 3.5 4.5l1-1z',
} as const;

/** A picture for a button, in the text's colour. The button itself says what it does. */
export function icon(name: keyof typeof paths): TemplateResult {
  return html`<svg class="picture" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="currentColor"><path d=${paths[name]}></path></svg>`;
}
