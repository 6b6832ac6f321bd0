import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { StepFrames } from '../export/stepFrames';
import type { Saved } from '../page/host';
import { later } from '../page/later';
import { shared } from '../styles';

/** Saves the view as a picture, or as an animation where it goes in steps. */
@customElement('tconv-save-panel')
export class SavePanel extends LitElement {
  /** What is drawn. */
  @property({ attribute: false }) target: () => Element | null | undefined = () => undefined;
  /** The line above the picture. */
  @property() caption = '';
  /** Of the file, without its kind: `playground-step`. */
  @property() name = 'playground';
  /** Milliseconds a frame. */
  @property({ attribute: false }) delay = 500;
  /** Where the view can be animated. */
  @property({ attribute: false }) frames: (() => Promise<StepFrames | undefined>) | undefined;
  @property({ attribute: false }) saveFile: (name: string, content: Uint8Array<ArrayBuffer>) => Promise<Saved> = () => Promise.resolve({ name: undefined });
  /** Of the animation, while one is made. */
  @state() private progress: number | undefined;
  @state() private said = '';
  private abort: AbortController | undefined;

  static override styles = [shared, css`
    :host { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
    progress { width: 120px; accent-color: var(--vscode-progressBar-background, var(--vscode-focusBorder)); }
  `];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort?.abort();
  }

  override render(): TemplateResult {
    return html`<div class="row" role="group" aria-label="Save the view">
        <button title="Save the view as a PNG picture" @click=${() => { void this.save('png'); }}>Save PNG</button>
        <button title="Save the view as an SVG picture" @click=${() => { void this.save('svg'); }}>Save SVG</button>
        ${this.frames === undefined ? nothing : html`<button title="Save all steps as an animated GIF" ?disabled=${this.progress !== undefined} @click=${() => { void this.saveAnimation(); }}>Save GIF</button>`}
      </div>
      ${this.progress === undefined ? nothing : html`<progress aria-label="Animation" max="1" .value=${this.progress}></progress>
        <button @click=${() => { this.abort?.abort(); }}>Cancel</button>`}
      <span class="muted" role="status">${this.said}</span>`;
  }

  private async save(kind: 'png' | 'svg'): Promise<void> {
    const element = this.target();
    if (!element) return;
    await this.attempt(async () => {
      const { pictureOf, pngOf, svgBytes } = await later();
      const picture = pictureOf(element, this.caption);
      return this.saveFile(`${this.name}.${kind}`, kind === 'svg' ? svgBytes(picture) : await pngOf(picture));
    });
  }

  private async saveAnimation(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    this.progress = 0;
    await this.attempt(async () => {
      const { gifOf } = await later();
      const frames = await this.frames?.();
      if (frames === undefined) return { reason: 'there are no steps to show.' };
      try {
        const content = await gifOf(frames, { delay: this.delay, signal: abort.signal, onProgress: share => { this.progress = share; } });
        return await this.saveFile(`${this.name}.gif`, content);
      } finally {
        frames.dispose();
      }
    });
    this.progress = undefined;
  }

  private async attempt(action: () => Promise<Saved>): Promise<void> {
    this.said = '';
    try {
      const result = await action();
      this.said = 'reason' in result ? `Not saved: ${result.reason}` : result.name === undefined ? '' : `Saved ${result.name}`;
    } catch (error) {
      this.said = this.abort?.signal.aborted === true ? 'Cancelled' : `Not saved: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-save-panel': SavePanel }
}
