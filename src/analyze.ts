import { defaultOptions, type Analysis, type AnalysisOptions } from './analysis';
import { frozenBilinearLayers } from './network/frozenBilinear';
import { LibraryHost } from './network/host';
import { ImpliedInputs } from './network/implied';
import { Notes } from './network/notes';
import { Recorder } from './network/recorder';
import { Interpreter } from './python/interpreter';
import { parseSource, type ParsedCell } from './python/parse';
import type { Source, SourceRange } from './python/source';
import { sweepUnreached } from './python/sweep';
import { checkLayers } from './rules/check';

/**
 * The one door into the engine: text in, layers and findings out. Pure: no file, no network, no clock.
 * Never throws; broken text gives what can still be read.
 */
export function analyze(source: Source, options: Partial<AnalysisOptions> = {}): Analysis {
  return new Analyzer().analyze(source, options);
}

/** {@link analyze} for the text of one `.py` file. */
export function analyzeFile(text: string, options: Partial<AnalysisOptions> = {}): Analysis {
  return analyze({ kind: 'file', cells: [text] }, options);
}

/** Analyzes successive versions of one document; only what changed is parsed again. */
export class Analyzer {
  private parsed: readonly (ParsedCell | undefined)[] = [];

  analyze(source: Source, options: Partial<AnalysisOptions> = {}): Analysis {
    const settings = { ...defaultOptions, ...options };
    this.parsed = parseSource(source, this.parsed);
    const text = (range: SourceRange): string => source.cells[range.cell]?.slice(range.from, range.to) ?? '';
    const recorder = new Recorder(settings);
    const context = { implied: new ImpliedInputs(), notes: new Notes(), channelsFirst: settings.imageDataFormat === 'channels_first' };
    const interpreter = new Interpreter(new LibraryHost(recorder, settings, context));
    const statements = this.parsed.flatMap(cell => cell?.statements ?? []);
    let failure: string | undefined;
    try {
      interpreter.run(statements);
      sweepUnreached(interpreter, statements);
    } catch (error) {
      // Deeply nested input can exhaust the stack before the bounds do; what was read until then stands.
      failure = error instanceof RangeError ? 'the code is nested too deeply to follow all of it' : `internal error: ${String(error)}`;
    }
    const cutOff = failure ?? (interpreter.cutOff ? 'there is more code than the bounds on the analysis allow to follow' : undefined);
    const layers = recorder.layers(text, cutOff, frozenBilinearLayers(statements));
    const comments = this.parsed.flatMap(cell => cell?.comments ?? []);
    return { source, layers, findings: checkLayers({ layers, notes: context.notes.all(), text, comments }, settings.severities) };
  }
}
