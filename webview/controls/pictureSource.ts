import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { makePicture, type Picture } from '../images/picture';
import type { SampleName } from '../state/image';
import { shared } from '../styles';

export interface OwnPicture {
  readonly name: string;
  /** The middle square of the user's file, at most this many pixels wide. */
  readonly picture: Picture;
}

const names: Readonly<Record<SampleName, string>> = {
  scene: 'Landscape', text: 'Text', gradient: 'Gradient', flat: 'Flat field', zonePlate: 'Zone plate', edge: 'Edges',
};
const largest = 512;

/**
 * A built-in picture or one of the user's, which stays in the page.
 * @fires choose with the sample's name
 * @fires own-picture
 */
@customElement('tconv-picture-source')
export class PictureSource extends LitElement {
  @property() value: SampleName | 'own' = 'scene';
  @property({ attribute: false }) own: OwnPicture | undefined;
  @state() private failure = '';
  @query('input') private file: HTMLInputElement | null | undefined;

  static override styles = [shared, css`
    :host { display: inline-flex; flex-wrap: wrap; gap: 6px; align-items: center; }
    .failure { color: var(--vscode-errorForeground); }
    input[type='file'] { display: none; }
  `];

  override render(): TemplateResult {
    return html`<label>Picture <select aria-label="Picture" @change=${this.onChange}>
        ${Object.entries(names).map(([value, name]) => html`<option value=${value} .selected=${value === this.value}>${name}</option>`)}
        ${this.own === undefined ? '' : html`<option value="own" .selected=${this.value === 'own'}>${this.own.name}</option>`}
      </select></label>
      <button title="The picture stays on this machine. It can also be dropped here." @click=${() => { this.file?.click(); }}>Own picture…</button>
      <input type="file" accept="image/*" tabindex="-1" aria-hidden="true" @change=${this.onFile}>
      <span class="failure" role="status">${this.failure}</span>`;
  }

  /** Takes a file that was picked, or dropped on the view. */
  async take(file: File): Promise<void> {
    try {
      const picture = await decode(file);
      this.failure = '';
      this.dispatchEvent(new CustomEvent<OwnPicture>('own-picture', { detail: { name: file.name, picture }, bubbles: true, composed: true }));
    } catch {
      this.failure = `${file.name} is not a picture that this browser can read.`;
    }
  }

  private onChange(event: Event): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: (event.target as HTMLSelectElement).value, bubbles: true, composed: true }));
  }

  private onFile(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file !== undefined) void this.take(file);
    input.value = '';
  }
}

/** Takes a file that is dropped anywhere on a view with a picture source. */
export function acceptDroppedPicture(view: LitElement): void {
  view.addEventListener('dragover', event => { event.preventDefault(); });
  view.addEventListener('drop', event => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void view.renderRoot.querySelector('tconv-picture-source')?.take(file);
  });
}

async function decode(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file);
  const side = Math.min(bitmap.width, bitmap.height);
  const size = Math.min(side, largest);
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, size, size);
  bitmap.close();
  const { data } = context.getImageData(0, 0, size, size);
  return makePicture(3, size, size, (plane, y, x) => (data[(y * size + x) * 4 + plane] ?? 0) / 255);
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-picture-source': PictureSource }
  interface HTMLElementEventMap { 'own-picture': CustomEvent<OwnPicture> }
}
