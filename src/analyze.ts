import { defaultOptions, type Analysis, type AnalysisOptions } from './analysis';
import type { Source } from './python/source';

/**
 * The one door into the engine: text in, layers and findings out. Pure: no file, no network, no clock.
 * Never throws; broken text gives what can still be read.
 */
export function analyze(source: Source, options: Partial<AnalysisOptions> = {}): Analysis {
  void { ...defaultOptions, ...options };
  return { source, layers: [], findings: [] };
}

/** {@link analyze} for the text of one `.py` file. */
export function analyzeFile(text: string, options: Partial<AnalysisOptions> = {}): Analysis {
  return analyze({ kind: 'file', cells: [text] }, options);
}
