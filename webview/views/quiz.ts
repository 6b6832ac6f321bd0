import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { question } from '../quiz';
import { unanswered, type QuizState } from '../state/quiz';
import { shared } from '../styles';
import { changeState } from './change';

/** A wrong answer comes back after so many other questions. */
const comesBackAfter = 3;

/** Questions to test what one has seen; each answer opens where it can be seen. */
@customElement('tconv-quiz-view')
export class QuizView extends LitElement {
  @property({ attribute: false }) settings!: QuizState;

  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; max-width: 760px; }
    .call { display: block; padding: 8px 12px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); overflow-x: auto; }
    .choices { display: grid; gap: 6px; }
    .choices button { text-align: left; padding: 7px 12px; border: 1px solid var(--line); }
    .choices button:disabled { opacity: 1; }
    .right { border: 2px solid var(--vscode-charts-green) !important; font-weight: 600; }
    .wrong { border: 2px dashed var(--vscode-errorForeground) !important; }
  `];

  override render(): TemplateResult {
    const { settings } = this;
    const asked = question(settings.current);
    const answered = settings.answer !== unanswered;
    const correct = settings.answer === asked.right;
    return html`
      <p class="muted" role="status">${settings.asked === 0 ? 'Questions about sizes, overlap and padding. Each answer can be looked up in the other views.'
        : `${settings.correct} of ${settings.asked} right${settings.missed.length > 0 ? `; ${settings.missed.length} will come back` : ''}.`}</p>
      <h2>${asked.text}</h2>
      <code class="call">${asked.code}</code>
      <div class="choices" role="group" aria-label="Answers">${asked.choices.map((choice, index) => html`<button ?disabled=${answered}
        class=${!answered ? '' : index === asked.right ? 'right' : index === settings.answer ? 'wrong' : ''}
        @click=${() => { this.answer(index, asked.right); }}>${choice}${!answered ? nothing : index === asked.right ? ' — right' : index === settings.answer ? ' — your answer' : nothing}</button>`)}</div>
      <div role="status" aria-live="polite">${answered ? html`<div class=${correct ? 'note' : 'note warning'}><strong>${correct ? 'Right.' : 'Not quite.'}</strong> ${asked.explanation}</div>` : nothing}</div>
      ${answered ? html`<div class="row"><button class="primary" @click=${() => { this.next(); }}>Next question</button>
        <button @click=${() => { changeState(this, asked.show); }}>Show me</button></div>` : nothing}
      <div class="row"><button class="link" @click=${() => { this.restart(); }}>Start over</button></div>`;
  }

  private answer(choice: number, right: number): void {
    const { current, missed, asked, correct } = this.settings;
    const others = missed.filter(seed => seed !== current);
    this.change({
      answer: choice, asked: asked + 1, correct: correct + Number(choice === right),
      missed: choice === right ? others : [...others, current],
    });
  }

  private next(): void {
    const { seed, asked, missed } = this.settings;
    const [back] = missed;
    const returns = back !== undefined && asked % (comesBackAfter + 1) === 0 && back !== this.settings.current;
    this.change({ answer: unanswered, current: returns ? back : seed + asked });
  }

  private restart(): void {
    const seed = this.settings.seed + 1000;
    this.change({ seed, current: seed, asked: 0, correct: 0, missed: [], answer: unanswered });
  }

  private change(change: Partial<QuizState>): void {
    changeState(this, { quiz: { ...this.settings, ...change } });
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-quiz-view': QuizView }
}
