import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../styles';

/** How far work is that takes long. Takes no room before, so that nothing jumps. */
@customElement('tconv-progress')
export class Progress extends LitElement {
  @property() label = 'Computing';
  /** From 0 to 1; `undefined` while there is nothing to say. */
  @property({ attribute: false }) done: number | undefined;

  static override styles = [shared, css`
    :host { display: block; height: 4px; }
    progress { display: block; width: 100%; height: 4px; border: 0; accent-color: var(--vscode-progressBar-background, var(--vscode-focusBorder)); }
  `];

  override render(): TemplateResult {
    return html`${this.done === undefined ? nothing : html`<progress aria-label=${this.label} max="1" .value=${this.done}></progress>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-progress': Progress }
}
