import type { ReadingOptions } from './frameworks/api';
import type { Layer } from './network/layer';
import { noFiles, type Files } from './python/files';
import type { Source } from './python/source';
import type { Finding, SeveritySetting } from './rules/rule';

/** Everything the engine says about one document. Read-only data, safe to keep and to send. */
export interface Analysis {
  readonly source: Source;
  /** In source order. */
  readonly layers: readonly Layer[];
  /** In source order, suppressed ones left out. */
  readonly findings: readonly Finding[];
}

export interface AnalysisOptions extends ReadingOptions {
  /** Severity per rule code; what is not named keeps its default. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** The files that imports and comments may refer to. */
  readonly files: Files;
}

export const defaultOptions: AnalysisOptions = { kerasVersion: 3, severities: {}, files: noFiles };
