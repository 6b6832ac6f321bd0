import { defaultOptions, type Analysis, type AnalysisOptions } from './analysis';
import { Assembly } from './network/assembly';
import type { NetworkContext } from './network/context';
import { Flow } from './network/flow';
import { frozenBilinearLayers } from './network/frozenBilinear';
import { LibraryHost } from './network/host';
import { librarySources } from './network/torchvision/encoders';
import { ImpliedInputs } from './network/implied';
import type { Layer } from './network/layer';
import type { Note } from './network/notes';
import { DeclaredInputs } from './network/inputs/declared';
import { KeptNotes, Page, Pages } from './network/page';
import { KnownFiles } from './python/files';
import { parseSource, type Comment, type ParsedCell } from './python/parse';
import { Places } from './python/places';
import { Program } from './python/program';
import type { Source, SourceRange } from './python/source';
import type { Statement } from './python/syntax';
import type { Done } from './python/work';
import { checkLayers } from './rules/check';
import { violationsOf } from './rules/importedViolations';

/**
 * The one door into the engine: text in, layers and findings out. Pure: no network, no clock, and only the
 * files that the options hand in. Never throws; broken text gives what can still be read.
 */
export function analyze(source: Source, options: Partial<AnalysisOptions> = {}): Analysis {
  return new Analyzer().analyze(source, options);
}

/** {@link analyze} for the text of one `.py` file. */
export function analyzeFile(text: string, options: Partial<AnalysisOptions> = {}): Analysis {
  return analyze({ kind: 'file', cells: [text] }, options);
}

/** What is kept of a document between its versions. */
interface Session {
  readonly settings: AnalysisOptions;
  readonly context: NetworkContext;
  readonly program: Program;
  /** Comments that say something about inputs. */
  readonly declarations: string;
  readonly files: KnownFiles;
  readonly assembly: Assembly;
  readonly notes: KeptNotes;
}

/** What has been read and run of one version of a document. */
interface Run {
  readonly layers: readonly Layer[];
  /** Those of imported files. */
  readonly imported: readonly Layer[];
  readonly notes: readonly Note[];
  readonly flow: Flow;
  readonly files: KnownFiles;
  readonly comments: readonly Comment[];
  readonly text: (range: SourceRange) => string;
}

/** More imported files of which the own findings are looked at. */
const mostOthers = 16;

/** Analyzes successive versions of one document; only what changed is read and run again. */
export class Analyzer {
  private parsed: readonly (ParsedCell | undefined)[] = [];
  private places = new Places([]);
  private session: Session | undefined;
  /** Of imported files in which something is wrong: whether it is so whoever calls them. */
  private others = new Map<string, Analyzer>();

  analyze(source: Source, options: Partial<AnalysisOptions> = {}): Analysis {
    const settings = { ...defaultOptions, ...options };
    const { layers, imported, notes, flow, files, comments, text } = this.follow(source, settings);
    const others = new Map<string, Analyzer>();
    const told = new Map<string, ReadonlySet<string>>();
    const toldIn = (file: string): ReadonlySet<string> => {
      let known = told.get(file);
      if (known === undefined) told.set(file, known = this.ownViolations(file, files.read(file), settings, others));
      return known;
    };
    const findings = checkLayers({ layers, imported, notes, text, comments, toldIn }, settings.severities);
    this.others = others;
    const asked = new Set(files.asked);
    for (const { session } of others.values()) for (const path of session?.files.asked ?? []) asked.add(path);
    return { source, layers, imported, textOf: file => files.read(file), asked: [...asked], flow, findings };
  }

  /** What the rules say of the layers of another file, when that is analysed itself. */
  private ownViolations(file: string, text: string | undefined, settings: AnalysisOptions, others: Map<string, Analyzer>): ReadonlySet<string> {
    if (text === undefined || others.size >= mostOthers) return new Set();
    const analyzer = this.others.get(file) ?? new Analyzer();
    others.set(file, analyzer);
    return violationsOf(analyzer.follow({ kind: 'file', cells: [text], path: file }, settings));
  }

  private follow(source: Source, settings: AnalysisOptions): Run {
    this.places.settle();
    this.parsed = parseSource(source, this.parsed);
    const places = this.places = new Places(this.parsed);
    const statements = this.parsed.flatMap(cell => cell?.statements ?? []);
    const comments = this.parsed.flatMap(cell => cell?.comments ?? []);
    const session = this.session = this.sessionFor(settings, comments);
    const { context, program, files } = session;
    const base = context.page = new Page();
    context.declared = new DeclaredInputs(this.parsed, () => context.page.notes, files, source.path ?? '');
    const failure = this.run(session, statements, source.path);
    const cutOff = failure ?? (program.cutOff ? 'there is more code than the bounds on the analysis allow to follow' : undefined);
    // What an analysis that broke off has done is told as if it were the first.
    const done: Done = failure === undefined ? program.done : { units: program.done.units, fresh: program.done.units, gone: [], reordered: true };
    const { assembly, notes } = failure === undefined ? session : { assembly: new Assembly(), notes: new KeptNotes() };
    const text = (range: SourceRange): string => (range.file === undefined ? source.cells[range.cell] : files.read(range.file))?.slice(range.from, range.to) ?? '';
    const layers = assembly.layers(done, { options: settings, places, text, cutOff, frozenBilinear: frozenBilinearLayers(statements) });
    return {
      layers: layers.filter(layer => layer.range.file === undefined),
      imported: layers.filter(layer => layer.range.file !== undefined),
      notes: notes.all(done, base, places),
      flow: new Flow(new Pages(done.units), statements, { places, text }, cutOff),
      files, comments, text,
    };
  }

  /** Says what went wrong, if something did. */
  private run({ program, files }: Session, statements: readonly Statement[], path: string | undefined): string | undefined {
    try {
      program.run(statements, path, files);
      return undefined;
    } catch (error) {
      this.session = undefined;
      // Deeply nested input can exhaust the stack before the bounds do; what was read until then stands.
      return error instanceof RangeError ? 'the code is nested too deeply to follow all of it' : `internal error: ${String(error)}`;
    }
  }

  /** The session as it is kept, while nothing has changed that all of it may depend on. */
  private sessionFor(settings: AnalysisOptions, comments: readonly Comment[]): Session {
    const declarations = comments.filter(comment => !/tconv\s*:\s*ignore/.test(comment.text)).map(({ range, text }) => `${range.cell}:${range.from} ${text}`).join('\n');
    const { session } = this;
    if (session !== undefined && sameReading(session.settings, settings) && session.declarations === declarations && session.files.renew(settings.files)) return session;
    const files = new KnownFiles(settings.files, librarySources);
    const page = new Page();
    const context: NetworkContext = {
      implied: new ImpliedInputs(), choosing: 0, channelsFirst: settings.imageDataFormat === 'channels_first', page,
      declared: new DeclaredInputs([], () => page.notes, files, ''),
    };
    return { settings, context, program: new Program(new LibraryHost(settings, context)), declarations, files, assembly: new Assembly(), notes: new KeptNotes() };
  }
}

/** Whether code reads the same under both; severities come after reading. */
function sameReading(a: AnalysisOptions, b: AnalysisOptions): boolean {
  return a.kerasVersion === b.kerasVersion && a.imageDataFormat === b.imageDataFormat;
}
