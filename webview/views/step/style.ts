import { css } from 'lit';

export const stepStyle = css`
  :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; container-type: inline-size; }
  .bar { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
  .grids { display: flex; flex-wrap: wrap; gap: 18px 14px; align-items: flex-start; }
  figure { min-width: 0; max-width: 100%; display: grid; grid-template-columns: minmax(0, max-content); gap: 6px; align-content: start; }
  .joined { display: flex; gap: 14px; min-width: 0; max-width: 100%; --beside: 38px; }
  .operator { font-size: 1.6em; color: var(--muted); padding-top: 42px; line-height: 1.2; }
  @container (max-width: 440px) {
    .joined { position: relative; --beside: 0px; }
    .operator { position: absolute; left: 0; top: -2px; padding-top: 0; line-height: 1; font-size: 1.4em; }
    .joined figcaption { padding-left: 24px; }
  }
  figcaption h2 { font-size: 1em; display: flex; gap: 8px; align-items: baseline; }
  figcaption h2::before { content: ''; width: 10px; height: 10px; border-radius: 2px; background: var(--colour); border: 1px solid var(--vscode-foreground); align-self: center; }
  .input { --colour: var(--input-colour); } .kernel { --colour: var(--kernel-colour); } .output { --colour: var(--output-colour); }
  tconv-grid { --colour: inherit; }
  .slices { display: flex; flex-wrap: wrap; gap: 10px; }
  .slice { display: grid; grid-template-columns: minmax(0, max-content); gap: 2px; min-width: 0; max-width: 100%; }
  .slice > span { font-size: 0.85em; color: var(--muted); }
  .sum { min-height: 4.6em; padding: 8px 12px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); font-family: var(--mono); overflow-wrap: anywhere; }
  .sum .hint { font-family: var(--vscode-font-family, sans-serif); color: var(--muted); }
  .pins { display: grid; gap: 4px; list-style: none; }
  .pins li { display: flex; gap: 8px; align-items: flex-start; font-family: var(--mono); overflow-wrap: anywhere; }
  .pins button { flex: none; }
  .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 0.92em; color: var(--muted); list-style: none; }
  .legend li { display: inline-flex; align-items: center; gap: 6px; }
  .swatch { width: 16px; height: 16px; border-radius: 3px; border: 1px solid var(--output-colour); background: color-mix(in srgb, var(--output-colour) 25%, transparent); }
  .swatch.cropped { border: 1px dashed var(--muted); background: repeating-linear-gradient(135deg, transparent 0 4px, color-mix(in srgb, var(--muted) 30%, transparent) 4px 5px); }
  .swatch.filled { border: 2px dotted var(--output-colour); background: none; }
  .swatch.inserted { border: 1px dotted var(--muted); background: none; }
  .swatch.border { border: 1px dashed var(--muted); background: none; }
  .swatch.lit { border: 2px solid var(--vscode-foreground); background: none; }
  .seed { display: inline-flex; gap: 5px; align-items: center; font-variant-numeric: tabular-nums; }
  .solids { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
  .solids svg { max-width: 100%; height: auto; }
  .solids polygon { fill: color-mix(in srgb, var(--colour) 22%, var(--vscode-editor-background)); stroke: var(--colour); stroke-linejoin: round; }
  .solids .side { fill: color-mix(in srgb, var(--colour) 40%, var(--vscode-editor-background)); }
  .solids .top { fill: color-mix(in srgb, var(--colour) 12%, var(--vscode-editor-background)); }
  .solids .reach { fill: none; stroke: var(--vscode-foreground); stroke-width: 1.5; }
  .solids line.reach { stroke-dasharray: 3 3; stroke-width: 1; }
  .solids .legend strong { color: var(--vscode-foreground); font-weight: 600; }
  .presets { display: flex; flex-wrap: wrap; gap: 4px; }
`;
