import { css } from 'lit';

export const transposeStyle = css`
  :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; container-type: inline-size; }
  section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
  .bar { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
  .bar .row { gap: 8px 16px; }
  .values { display: inline-flex; flex-wrap: wrap; gap: 6px; align-items: center; color: var(--muted); }
  .seed { display: inline-flex; gap: 5px; align-items: center; font-variant-numeric: tabular-nums; }
  .presets { display: inline-flex; flex-wrap: wrap; gap: 4px; }
  h2 .muted { font-weight: 400; }
  .line { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: flex-start; }
  .joined { display: flex; gap: 10px; min-width: 0; max-width: 100%; --beside: 36px; }
  .line > div:not(.joined), .joined > div { min-width: 0; max-width: 100%; display: grid; grid-template-columns: minmax(0, max-content); gap: 2px; }
  .name { font-weight: 600; }
  .operator { color: var(--muted); font-size: 1.5em; padding-top: 34px; min-width: 20px; text-align: center; }
  @container (max-width: 440px) { .joined { flex-direction: column; gap: 2px; --beside: 0px; } .operator { padding-top: 0; text-align: left; } }
  .sum { display: grid; gap: 4px; min-height: 5.6em; padding: 8px 12px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); font-family: var(--mono); overflow-wrap: anywhere; }
  .sum .hint { font-family: var(--vscode-font-family, sans-serif); color: var(--muted); }
  .small { --colour: var(--input-colour); } .large { --colour: var(--output-colour); } .kernel { --colour: var(--kernel-colour); }
  tconv-grid { --colour: inherit; }
  .matrices { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
  .matrices > div { min-width: 0; max-width: 100%; display: grid; grid-template-columns: minmax(0, max-content); gap: 4px; }
  .products { display: grid; gap: 4px; font-family: var(--mono); }
  .readout { min-height: 1.5em; font-family: var(--mono); overflow-wrap: anywhere; }
`;
