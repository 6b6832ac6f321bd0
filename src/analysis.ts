import type { ReadingOptions } from './frameworks/api';
import type { Flow } from './network/flow';
import type { Layer } from './network/layer';
import { noFiles, type Files } from './python/files';
import type { Source } from './python/source';
import type { Finding, SeveritySetting } from './rules/rule';

/** Everything the engine says about one document. Read-only data, safe to keep and to send. */
export interface Analysis {
  readonly source: Source;
  /** In source order. */
  readonly layers: readonly Layer[];
  /** Layers of imported files that the source reaches, with {@link SourceRange.file}. */
  readonly imported: readonly Layer[];
  /** The text of an imported file, as it was read. */
  readonly textOf?: (file: string) => string | undefined;
  /** Paths of other files that were looked for, found or not: when one of them changes, so may this. */
  readonly asked: readonly string[];
  /** In source order, suppressed ones left out. */
  readonly findings: readonly Finding[];
  /** Tensors, all layers and whole models; worked out when asked for. */
  readonly flow: Flow;
}

export interface AnalysisOptions extends ReadingOptions {
  /** Severity per rule code; what is not named keeps its default. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** The files that imports and comments may refer to. */
  readonly files: Files;
}

export const defaultOptions: AnalysisOptions = { kerasVersion: 3, severities: {}, files: noFiles };
