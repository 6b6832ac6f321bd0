import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { convertLayer } from '../layer/convert';
import { findSizes, inputSizeField, setField, type ChoiceField, type Field, type FieldName, type SizesField } from '../layer/form';
import { apisOfRank, type Model } from '../layer/model';
import type { LayerState, Rank } from '../state/layer';
import { shared } from '../styles';
import './segmented';

export interface LayerChange {
  readonly layer: LayerState;
}

const axisNames: Readonly<Record<Rank, readonly string[]>> = {
  1: ['length'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'],
};

/**
 * The controls for a layer: framework, rank, input size and what the API's signature offers.
 * @fires layer-change
 * @fires link-change
 */
@customElement('tconv-layer-form')
export class LayerForm extends LitElement {
  @property({ attribute: false }) model!: Model;
  @property({ type: Boolean }) linked = true;

  static override styles = [shared, css`
    :host { display: block; container-type: inline-size; }
    form { display: grid; gap: 10px; }
    .kind { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: end; }
    .kind > .stacked { flex: 1 1 180px; min-width: 0; }
    .fields { display: grid; align-items: start; gap: 10px 14px; grid-template-columns: repeat(auto-fill, minmax(118px, 1fr)); }
    fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
    legend, .name { padding: 0; font-weight: 600; font-size: 0.95em; }
    legend .mono { font-weight: 400; color: var(--muted); }
    /* Columns with room for one name: the plain one says what it is. */
    @container (min-width: 245px) and (max-width: 620px) { legend .mono { display: none; } }
    fieldset > select { margin-top: 3px; }
    .axes { display: flex; gap: 4px; margin-top: 3px; }
    .axes label { flex: 1 1 0; min-width: 0; display: block; }
    input, select { width: 100%; }
    .axis { display: block; color: var(--muted); font-size: 0.85em; line-height: 1.2; }
    .problems { display: grid; gap: 8px; }
    /* Not hidden, so that what comes into it is read out. */
    .problems:not(:has(*)) { margin-top: -10px; }
    .quote { display: block; margin-top: 4px; color: var(--muted); overflow-wrap: anywhere; }
    .stacked { display: grid; gap: 3px; }
    .none { margin-top: 4px; font-size: 0.88em; gap: 4px; white-space: nowrap; }
  `];

  override render(): TemplateResult {
    const { layer, form } = this.model;
    return html`<form @submit=${(event: Event) => { event.preventDefault(); }} aria-label="Layer">
      <div class="kind"><label class="stacked"><span class="name">Layer</span>${this.renderApis()}</label>
      <div class="row">
        <tconv-segmented label="Dimensions" .value=${String(layer.rank)} @choose=${this.onRank}
          .choices=${[1, 2, 3].map(rank => ({ value: String(rank), label: `${rank}-D` }))}></tconv-segmented>
        ${layer.rank > 1 ? html`<label><input type="checkbox" .checked=${this.linked} @change=${this.onLink}> Same on all axes</label>` : nothing}
      </div></div>
      <div class="fields">
        ${this.renderSizes(inputSizeField, layer.inputSize)}
        ${form.map(field => field.kind === 'choice' ? this.renderChoice(field) : this.renderSizes(field, field.get(layer)))}
      </div>
      ${this.renderProblems()}
    </form>`;
  }

  private renderProblems(): TemplateResult {
    const { problems, layer } = this.model;
    const unknown = layer.source?.unknownArguments.filter(name => this.model.form.some(field => field.parameter === name)) ?? [];
    return html`<div id="problems" class="problems" role="status">
      ${problems.map(problem => html`<div class="note error"><strong>${problem.message}</strong>
        ${problem.quote === undefined ? nothing : html`<code class="quote">${problem.quote}</code>`}
        ${problem.correction === undefined ? nothing : html`<button type="button" class="link" @click=${() => { this.send(this.model.corrected(problem)); }}>${problem.correction.title}</button>`}
      </div>`)}
      ${layer.source?.inputSizeKnown === false ? html`<p class="muted">The code does not tell the input size: the one here is an example.</p>` : nothing}
      ${unknown.length === 0 ? nothing : html`<p class="muted">The code does not tell ${unknown.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`)}: the values here are examples.</p>`}
    </div>`;
  }

  private renderApis(): TemplateResult {
    const { layer, api } = this.model;
    const groups = [
      { label: 'PyTorch', apis: apisOfRank(layer.rank, 'pytorch') },
      { label: 'Keras', apis: apisOfRank(layer.rank, 'keras') },
      { label: 'TensorFlow', apis: apisOfRank(layer.rank, 'tensorflow') },
      { label: 'JAX', apis: apisOfRank(layer.rank, 'jax') },
    ];
    const listed = groups.some(group => group.apis.some(candidate => candidate.name === api?.name));
    return html`<select @change=${this.onApi} aria-label="Layer">
      ${listed || api === undefined ? nothing : html`<option value=${api.name} selected>${api.label}</option>`}
      ${groups.map(group => html`<optgroup label=${group.label}>${group.apis.map(candidate =>
        html`<option value=${candidate.name} .selected=${candidate.name === api?.name}>${candidate.label}</option>`)}</optgroup>`)}
    </select>`;
  }

  private renderChoice(field: ChoiceField): TemplateResult {
    const value = field.get(this.model.layer);
    return html`<fieldset title=${field.parameter}><legend>Padding <span class="mono">${field.parameter}</span></legend>
      <select aria-label=${fieldLabels[field.name]} data-field=${field.name} aria-invalid=${this.isAtFault(field)}
        @change=${(event: Event) => { this.change(field, (event.target as HTMLSelectElement).value); }}>
        ${field.options.map(option => html`<option value=${option} .selected=${option.toLowerCase() === value.toLowerCase()}>'${option}'</option>`)}
      </select></fieldset>`;
  }

  private renderSizes(field: SizesField, values: readonly number[] | undefined): TemplateResult {
    const { layer } = this.model;
    const names = axisNames[layer.rank];
    const shown = this.linked ? names.slice(0, 1) : names;
    return html`<fieldset title=${field.parameter === '' ? nothing : field.parameter}><legend>${fieldLabels[field.name]} <span class="mono">${field.parameter}</span></legend>
      <div class="axes">${shown.map((name, axis) => html`<label>
        ${this.linked ? nothing : html`<span class="axis">${name}</span>`}
        <input type="number" inputmode="numeric" min=${field.minimum} max=${field.maximum} step="1" .value=${values === undefined ? '' : String(values[axis] ?? '')}
          ?disabled=${values === undefined} placeholder=${values === undefined ? 'None' : ''} data-field=${field.name} data-axis=${axis}
          aria-label=${this.linked ? fieldLabels[field.name] : `${fieldLabels[field.name]}, ${name}`} aria-invalid=${this.isAtFault(field)}
          aria-describedby="problems" @input=${(event: Event) => { this.onSize(field, axis, event.target as HTMLInputElement); }}
          @change=${(event: Event) => { this.restore(event.target as HTMLInputElement, values?.[axis]); }}>
      </label>`)}</div>
      ${field.optional ? html`<label class="none"><input type="checkbox" .checked=${values === undefined} data-field=${`${field.name}None`}
        @change=${(event: Event) => { this.change(field, (event.target as HTMLInputElement).checked ? undefined : layer.inputSize.map(() => 0)); }}> None (automatic)</label>` : nothing}
    </fieldset>`;
  }

  private onSize(field: SizesField, axis: number, input: HTMLInputElement): void {
    const value = Number(input.value);
    // Out of the control's own bounds nothing is drawn; within them the framework is the judge.
    if (input.value.trim() === '' || !Number.isInteger(value) || value < field.minimum || value > field.maximum) return;
    const { layer } = this.model;
    const before = field.get(layer) ?? [];
    const after = this.linked ? layer.inputSize.map(() => value) : before.map((size, index) => index === axis ? value : size);
    this.change(field, after);
  }

  /** A field left empty or out of bounds goes back to what is shown. */
  private restore(input: HTMLInputElement, value: number | undefined): void {
    if (value !== undefined && Number(input.value) !== value) input.value = String(value);
    else if (value !== undefined && input.value.trim() === '') input.value = String(value);
  }

  private change(field: Field, value: string | readonly number[] | undefined): void {
    const { layer } = this.model;
    const changed = setField(layer, field, value);
    this.send(field === inputSizeField ? withOutputSize(changed, this.model) : changed);
  }

  private onApi(event: Event): void {
    this.send(convertLayer(this.model, (event.target as HTMLSelectElement).value).layer);
  }

  private onRank(event: CustomEvent<string>): void {
    event.stopPropagation();
    const rank = Number(event.detail);
    if (rank === 1 || rank === 2 || rank === 3) this.send(this.model.withRank(rank));
  }

  private onLink(event: Event): void {
    const linked = (event.target as HTMLInputElement).checked;
    this.dispatchEvent(new CustomEvent('link-change', { detail: linked, bubbles: true, composed: true }));
    if (!linked) return;
    let { layer } = this.model;
    for (const field of this.model.form) {
      if (field.kind !== 'sizes') continue;
      const values = field.get(layer);
      if (values !== undefined) layer = setField(layer, field, values.map(() => values[0] ?? field.minimum));
    }
    this.send({ ...layer, inputSize: layer.inputSize.map(() => layer.inputSize[0] ?? 1) });
  }

  private isAtFault(field: Field): boolean {
    return this.model.problems.some(problem => problem.parameter === field.parameter);
  }

  private send(layer: LayerState): void {
    this.dispatchEvent(new CustomEvent<LayerChange>('layer-change', { detail: { layer }, bubbles: true, composed: true }));
  }
}

const fieldLabels: Readonly<Record<FieldName, string>> = {
  inputSize: 'Input size', kernelSize: 'Kernel size', stride: 'Stride', padding: 'Padding', outputPadding: 'Output padding',
  outputSize: 'Output size', dilation: 'Dilation',
};

/** An output size that is an argument follows the input, so that a size that was legal stays so. */
function withOutputSize(layer: LayerState, model: Model): LayerState {
  const field = findSizes(model.form, 'outputSize');
  const stride = findSizes(model.form, 'stride')?.get(layer);
  const output = field?.get(model.layer);
  if (field === undefined || output === undefined || stride === undefined) return layer;
  return setField(layer, field, output.map((size, axis) =>
    Math.max(1, size + ((layer.inputSize[axis] ?? 1) - (model.layer.inputSize[axis] ?? 1)) * (stride[axis] ?? 1))));
}

declare global {
  interface HTMLElementTagNameMap { 'tconv-layer-form': LayerForm }
  interface HTMLElementEventMap {
    'layer-change': CustomEvent<LayerChange>;
    'link-change': CustomEvent<boolean>;
  }
}
