import type { Framework } from '../src/frameworks/api';
import { writtenTogether } from '../src/geometry/convention';
import { solveSizes, type SizeGoal, type Solution } from '../src/geometry/solve';
import { apisOfRank, deriveModel } from './model';
import { withSettings } from './settings';
import type { LayerState } from './state/layer';
import type { SolveState } from './state/solve';

export interface Found {
  /** The best first. */
  readonly solutions: readonly Solution[];
  /** How many there were before the list was cut. */
  readonly total: number;
}

export const mostShown = 60;

export function goalOf(settings: SolveState): SizeGoal {
  return settings.goal === 'scale'
    ? { kind: 'multiple', factor: settings.scale }
    : { kind: 'size', inputSize: settings.from, outputSize: settings.to };
}

/** Every setting of the framework that reaches the goal within the bounds. */
export function solutionsFor(settings: SolveState, framework: Framework): Found {
  const found = solveSizes(goalOf(settings), framework === 'pytorch' ? 'padding' : 'named', {
    largestKernel: settings.maximumKernel, largestStride: 8, largestDilation: settings.dilations ? 4 : 1,
  }).filter(solution => framework !== 'tensorflow' || solution.setting.cut.outputPadding === undefined);
  const wanted = settings.evenOnly ? found.filter(solution => solution.even) : found;
  return { solutions: wanted.slice(0, mostShown), total: wanted.length };
}

/** The layer that a solution means, in the framework and the rank that are shown, on the goal's input. */
export function layerOf(solution: Solution, layer: LayerState, settings: SolveState, framework: Framework): LayerState {
  const model = deriveModel(layer);
  const api = model.api?.framework === framework && model.api.form === 'layer' ? model.api : apisOfRank(layer.rank, framework).find(candidate => candidate.form === 'layer');
  if (api === undefined) return layer;
  const start = api.name === layer.api ? model : deriveModel({ ...layer, api: api.name, arguments: {} });
  const perAxis = layer.inputSize.map(() => solution.setting);
  const next = withSettings(start, writtenTogether(perAxis) ?? perAxis);
  return { ...next, source: undefined, inputSize: settings.goal === 'size' ? layer.inputSize.map(() => settings.from) : layer.inputSize };
}
