import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { translate } from '../src/frameworks/translate';
import type { ToPlayground } from '../src/protocol';
import { CallEdits } from './layer/callEdit';
import './controls/callEditPanel';
import './controls/codePanel';
import './controls/copyButton';
import './controls/layerForm';
import type { LayerChange } from './controls/layerForm';
import './controls/savePanel';
import { counted, largeNumber, sizeText } from './format';
import { connect, type Host } from './page/host';
import { later, whenIdle } from './page/later';
import { asInCode, changeLayer, showLayer } from './layer/layerChange';
import { deriveModel, weightCount, type Model } from './layer/model';
import { defaultState, parseState, type State, type ViewName } from './state';
import { shared } from './styles';
import './tour/tour';
import type { StateChange } from './views/change';
import { views, type View } from './views/list';

/** The whole page: what layer it is, its controls, and one view at a time. Owns the state. */
@customElement('tconv-playground')
export class Playground extends LitElement {
  @state() private state: State = defaultState;
  private model: Model = deriveModel(defaultState.layer);
  @state() private following = false;
  /** The call is no longer in the code. */
  @state() private gone = false;
  /** Whether the views that come later are there, or why not. */
  @state() private others: 'coming' | 'there' | { readonly failure: string } = 'coming';
  private readonly host: Host = connect();
  private readonly callEdits = new CallEdits(message => { this.host.send(message); }, () => { this.requestUpdate(); });

  static override styles = [shared, css`
    :host { display: block; max-width: 1500px; margin: 0 auto; padding: 14px 18px 32px; container-type: inline-size; container-name: page; }
    header { display: grid; gap: 4px; margin-bottom: 14px; }
    h1 { font-size: 1.35em; font-weight: 600; display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; }
    h1 .mono { font-size: 0.95em; overflow-wrap: anywhere; }
    h1 button.link { font-size: 0.75em; font-weight: 400; }
    h1 .follow { font-size: 0.75em; font-weight: 400; align-self: center; }
    tconv-call-edit { margin-top: 6px; }
    .facts { display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: center; }
    .size { font-size: 1.1em; font-weight: 600; font-variant-numeric: tabular-nums; }
    .share { display: flex; flex-wrap: wrap; gap: 6px 18px; align-items: start; }
    .share tconv-code-panel { flex: 0 1 auto; min-width: 0; max-width: 100%; }
    .cost { color: var(--muted); font-size: 0.92em; font-variant-numeric: tabular-nums; }
    .formula { color: var(--muted); font-family: var(--mono); font-size: 0.92em; overflow-wrap: anywhere; }
    .body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; }
    .controls { padding: 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); align-self: start; min-width: 0; }
    main { min-width: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; align-content: start; }
    [role='tablist'] { display: flex; gap: 2px; border-bottom: 1px solid var(--line); flex-wrap: wrap; }
    [role='tab'] { background: none; border: 1px solid transparent; border-bottom: 2px solid transparent; border-radius: 0; color: var(--vscode-foreground); padding: 5px 10px; margin-bottom: -1px; opacity: 0.85; }
    [role='tab']:hover:not(:disabled) { background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground)); }
    [role='tab'][aria-selected='true'] { border-bottom-color: var(--vscode-focusBorder); font-weight: 600; opacity: 1; }
    summary { color: inherit; font-weight: 600; }
    @container page (min-width: 860px) {
      .body { grid-template-columns: 260px minmax(0, 1fr); }
      summary { display: none; }
    }
    @container page (max-width: 859.9px) { details[open] summary { margin-bottom: 10px; } }
    /* All in one row beside the code. */
    @container page (max-width: 500px) { [role='tablist'] { gap: 0; } [role='tab'] { padding: 5px 4px; } }
    @container page (max-width: 420px) { h1 { font-size: 1.15em; } }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    const first = this.host.first();
    this.setState(this.host.load());
    for (const message of first) this.onMessage(message);
    this.host.onMessage(message => { this.onMessage(message); });
    window.addEventListener('error', event => { this.host.send({ type: 'failed', message: event.message }); });
    window.addEventListener('unhandledrejection', event => { this.host.send({ type: 'failed', message: String(event.reason) }); });
    this.host.send({ type: 'ready' });
    if (this.view?.atOnce !== true) void this.loadOthers();
  }

  protected override firstUpdated(): void {
    // Once the first picture is on the screen, so that the other views wait for nothing, not even for a new version of the extension.
    requestAnimationFrame(() => { whenIdle(() => { void this.loadOthers(); }); });
  }

  override render(): TemplateResult {
    return html`${this.renderHeader()}
      <div class="body" @state-change=${this.onStateChange} @layer-change=${this.onLayerChange} @link-change=${this.onLinkChange}>
        <details class="controls" open><summary>Layer settings</summary>
          <tconv-layer-form .model=${this.model} ?linked=${this.state.linkedAxes}></tconv-layer-form>
        </details>
        <main>
          ${this.renderTabs()}
          <tconv-tour .model=${this.model} .whole=${this.state}></tconv-tour>
          ${this.renderView()}
        </main>
      </div>`;
  }

  private renderHeader(): TemplateResult {
    const { layer, api, axes, formulas } = this.model;
    const { source } = layer;
    const weights = weightCount(this.model);
    const different = new Set(formulas).size > 1 ? formulas : formulas.slice(0, 1);
    return html`<header>
      <h1><span class="mono">${source?.label ?? api?.label ?? layer.api}</span>
        ${source?.location === undefined ? nothing : html`<button class="link" title="Show it in the code" @click=${() => { this.host.send({ type: 'revealSource' }); }}>${source.location}</button>`}
        ${this.host.kind === 'editor' ? html`<label class="follow"><input type="checkbox" .checked=${this.following} @change=${this.onFollow}> Follow the cursor</label>` : nothing}</h1>
      ${this.host.kind === 'editor' && source === undefined ? html`<p class="muted">Not a layer of your code. To see one, put the cursor on it and tick Follow the cursor, or open the playground from its hover.</p>` : nothing}
      <div class="facts">
        <span class="size" role="status">${axes === undefined ? 'No output: the settings are rejected' : html`${sizeText(layer.inputSize)} → ${sizeText(axes.map(axis => axis.outputSize))}`}</span>
        ${axes === undefined ? nothing : different.map((formula, axis) => formula === undefined ? nothing : html`<span class="formula">${formula} = ${axes[axis]?.outputSize}</span>`)}
        ${weights === undefined ? nothing : html`<span class="cost">${counted(weights, 'weight')}, ${largeNumber(weights * layer.inputSize.reduce((product, size) => product * size, 1))} multiply-adds</span>`}
      </div>
      <div class="share"><tconv-code-panel .model=${this.model}></tconv-code-panel>
        <tconv-copy-button label="Copy link" title="Copies a link that opens the playground as it is now" .text=${() => this.host.link(this.state)}></tconv-copy-button>
        ${this.renderSave()}</div>
      <tconv-call-edit .state=${this.callEdits.state} ?gone=${this.gone && this.state.layer.source !== undefined}
        @call-apply=${() => { this.callEdits.apply(); }} @call-reset=${() => { this.setState(changeLayer(this.state, asInCode(this.state.layer))); }}></tconv-call-edit>
    </header>`;
  }

  private renderSave(): TemplateResult {
    const { model, state: { view, step } } = this;
    const caption = this.caption();
    return html`<tconv-save-panel .name=${`playground-${view}`} .caption=${caption} .delay=${step.pace} .saveFile=${this.host.saveFile}
      .target=${() => this.renderRoot.querySelector('#view')?.firstElementChild}
      .frames=${view === 'step' ? async () => (await later()).stepFrames(model, this.state.step, caption)
        : view === 'transpose' ? async () => (await later()).convolutionFrames(model, this.state.step, caption) : undefined}></tconv-save-panel>`;
  }

  /** `nn.ConvTranspose2d(1, 1, 4, stride=2, padding=1): 4 × 4 → 8 × 8`. */
  private caption(): string {
    const { reading, layer, api, axes } = this.model;
    const call = reading && api ? translate(reading, api.framework) : undefined;
    const name = call === undefined || 'reason' in call ? api?.label ?? layer.api : call.code;
    return axes === undefined ? name : `${name}: ${sizeText(layer.inputSize)} → ${sizeText(axes.map(axis => axis.outputSize))}`;
  }

  private renderTabs(): TemplateResult {
    return html`<div role="tablist" aria-label="Views" @keydown=${this.onTabKey}>${views.map(view => {
      const selected = view.name === this.state.view;
      return html`<button role="tab" id=${`tab-${view.name}`} aria-selected=${selected} aria-controls="view" tabindex=${selected ? 0 : -1}
        @click=${() => { this.show(view.name); }}>${view.label}</button>`;
    })}</div>`;
  }

  private renderView(): TemplateResult {
    const { view, others } = this;
    return html`<div role="tabpanel" id="view" aria-labelledby=${`tab-${view?.name ?? 'step'}`} tabindex="-1">
      ${view?.atOnce === true || others === 'there' ? view?.render(this.model, this.state, this.host)
        : html`<p class="muted">${others === 'coming' ? 'Loading…' : html`This view could not be loaded: ${others.failure} <button @click=${() => { void this.loadOthers(); }}>Try again</button>`}</p>`}</div>`;
  }

  private get view(): View | undefined {
    return views.find(candidate => candidate.name === this.state.view) ?? views[0];
  }

  private async loadOthers(): Promise<void> {
    if (this.others === 'there') return;
    this.others = 'coming';
    try {
      await later();
      this.others = 'there';
    } catch (error) {
      this.others = { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  private onTabKey(event: KeyboardEvent): void {
    const current = views.findIndex(view => view.name === this.state.view);
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: (current + 1) % views.length, ArrowLeft: (current - 1 + views.length) % views.length, Home: 0, End: views.length - 1,
    };
    const target = views[targets[event.key] ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    this.show(target.name);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${target.name}`)?.focus());
  }

  private show(view: ViewName): void {
    this.setState({ ...this.state, view });
  }

  private onMessage(message: ToPlayground): void {
    switch (message.type) {
      case 'showLayer':
        this.gone = false;
        this.setState(showLayer(this.state, message));
        return;
      case 'layerGone': this.gone = true; return;
      case 'host': this.following = message.following; return;
      case 'openState': this.setState(parseState(message.state)); return;
      case 'callEdit': this.callEdits.receive(message); return;
      // Whoever saves a file waits for that answer.
      case 'fileSaved': return;
    }
  }

  private onFollow(event: Event): void {
    this.following = (event.target as HTMLInputElement).checked;
    this.host.send({ type: 'follow', on: this.following });
  }

  private onStateChange(event: CustomEvent<StateChange>): void {
    this.setState({ ...this.state, ...event.detail });
  }

  private onLayerChange(event: CustomEvent<LayerChange>): void {
    this.setState(changeLayer(this.state, event.detail.layer));
  }

  private onLinkChange(event: CustomEvent<boolean>): void {
    this.setState({ ...this.state, linkedAxes: event.detail });
  }

  private setState(state: State): void {
    if (state.layer !== this.model.layer) this.model = deriveModel(state.layer);
    // The derived layer has the framework's required arguments filled in.
    this.state = { ...state, layer: this.model.layer };
    this.host.save(this.state);
    this.callEdits.update(this.state.layer);
  }
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-playground': Playground }
}
