import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../styles';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly title?: string;
}

/**
 * A few exclusive choices side by side: a radio group, arrow keys move and choose.
 * @fires choose with the chosen value as detail
 */
@customElement('tconv-segmented')
export class Segmented extends LitElement {
  @property() label = '';
  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property() value = '';

  static override styles = [shared, css`
    :host { display: inline-block; max-width: 100%; }
    [role='radiogroup'] { display: inline-flex; flex-wrap: wrap; border: 1px solid var(--vscode-contrastBorder, var(--vscode-input-border, var(--line))); border-radius: 4px; padding: 1px; gap: 1px; }
    button { border: 1px solid transparent; border-radius: 3px; background: none; color: var(--vscode-foreground); }
    button:hover:not(:disabled) { background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground)); }
    button[aria-checked='true'] { background: var(--vscode-button-background); color: var(--vscode-button-foreground); border-color: var(--vscode-contrastActiveBorder, transparent); }
  `];

  override render(): TemplateResult {
    return html`<div role="radiogroup" aria-label=${this.label} @keydown=${this.onKey}>
      ${this.choices.map(choice => html`<button type="button" role="radio" aria-checked=${choice.value === this.value} title=${choice.title ?? ''}
        tabindex=${choice.value === this.value ? 0 : -1} data-value=${choice.value} @click=${() => { this.choose(choice.value); }}>${choice.label}</button>`)}
    </div>`;
  }

  private onKey(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const current = this.choices.findIndex(choice => choice.value === this.value);
    const next = this.choices[(current + by + this.choices.length) % this.choices.length];
    if (next === undefined) return;
    this.choose(next.value);
    this.renderRoot.querySelector<HTMLElement>(`[data-value='${next.value}']`)?.focus();
  }

  private choose(value: string): void {
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent('choose', { detail: value, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-segmented': Segmented }
  interface HTMLElementEventMap { 'choose': CustomEvent<string> }
}
