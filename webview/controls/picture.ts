import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { paintPicture, type PictureStyle } from '../canvas/picturePainter';
import { onThemeChange } from '../canvas/surface';
import type { Picture } from '../images/picture';
import { customProperties, shared } from '../styles';

/** A picture on the page with a caption; what it shows is said in its label. */
@customElement('tconv-picture')
export class PictureElement extends LitElement {
  @property({ attribute: false }) picture: Picture | undefined;
  @property({ attribute: false }) look: PictureStyle = { map: 'natural', range: [0, 1] };
  /** For who does not see it. */
  @property() label = '';
  @property() heading = '';
  /** Width on the page in pixels; never wider than there is room. */
  @property({ attribute: false }) width = 256;
  @query('canvas') private canvas: HTMLCanvasElement | null | undefined;
  private stopTheme: (() => void) | undefined;

  static override styles = [shared, css`
    :host { display: block; min-width: 0; max-width: 100%; }
    figure { display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px; width: calc(var(--width) + 2px); max-width: 100%; }
    figcaption { display: grid; gap: 2px; }
    .heading { font-weight: 600; }
    .frame { overflow-x: auto; border: 1px solid var(--line); background: var(--raised); }
    /* Never scaled by a broken factor: that would draw patterns of its own. */
    canvas { display: block; width: var(--width); image-rendering: pixelated; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => { this.paint(); });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
  }

  override render(): TemplateResult {
    return html`<figure ${customProperties({ '--width': `${this.width}px` })}>
      <figcaption>${this.heading === '' ? nothing : html`<span class="heading">${this.heading}</span>`}</figcaption>
      <div class="frame"><canvas role="img" aria-label=${this.label || this.heading}></canvas></div>
      <slot></slot>
    </figure>`;
  }

  protected override updated(): void {
    this.paint();
  }

  private paint(): void {
    if (this.picture !== undefined && this.canvas !== null && this.canvas !== undefined) paintPicture(this.canvas, this.picture, this.look);
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-picture': PictureElement }
}
