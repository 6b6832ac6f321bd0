import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shared } from '../styles';

/** Copies a text, and says whether that went well. */
@customElement('tconv-copy-button')
export class CopyButton extends LitElement {
  @property({ attribute: false }) text: () => string = () => '';
  @property() label = 'Copy';
  /** Which of several, for screen readers: `PyTorch`. */
  @property() what = '';
  @state() private said = '';

  static override styles = shared;

  override render(): TemplateResult {
    return html`<button @click=${this.copy}>${this.said || this.label}<span class="hidden-text"> ${this.what}</span></button>
      <span class="hidden-text" role="status">${this.said}</span>`;
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.said = 'Copied';
    } catch {
      this.said = 'Could not copy';
    }
    setTimeout(() => { this.said = ''; }, 1500);
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-copy-button': CopyButton }
}
