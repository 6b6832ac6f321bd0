import { html, type TemplateResult } from 'lit';
import type { Host } from '../host';
import type { Model } from '../model';
import type { State, ViewName } from '../state';
import './step';

export interface View {
  readonly name: ViewName;
  readonly label: string;
  render(model: Model, state: State, host: Host): TemplateResult;
}

/** The views in the order of their tabs. The one list: a new view is added here. */
export const views: readonly View[] = [
  { name: 'step', label: 'Step', render: (model, state) => html`<tconv-step-view .model=${model} .settings=${state.step}></tconv-step-view>` },
];
