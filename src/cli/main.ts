import { isAbsolute, dirname, relative, resolve, sep } from 'node:path';
import { version } from '../../package.json';
import type { Analysis } from '../analysis';
import { Analyzer } from '../analyze';
import { Flow } from '../network/flow';
import { readNotebook } from '../python/notebook';
import type { Source } from '../python/source';
import { GithubReporter } from '../report/github';
import { JsonReporter } from '../report/json';
import { isSerious, type Reporter } from '../report/report';
import { SarifReporter } from '../report/sarif';
import { TextReporter } from '../report/text';
import { rules } from '../rules/index';
import { matchingRules, selectRules } from '../settings';
import { help, parseArguments, type CheckArguments } from './arguments';
import { decode, decodePython, maximumNotebookSize, maximumPythonSize } from './decode';
import { ImportedFiles } from './importedFiles';
import { describeError, type Io } from './io';
import { Projects } from './projectSettings';
import { isNotebook, walk } from './walk';

/** Exit statuses of the contract. */
const nothingFound = 0;
const findingsFound = 1;
const failed = 2;

/**
 * The command line.
 * @param given the arguments after the program's name.
 * @returns the exit status: 0 nothing at warning or above, 1 findings, 2 wrong usage or an unreadable path.
 */
export async function main(given: readonly string[], io: Io): Promise<number> {
  const invocation = parseArguments(given);
  switch (invocation.kind) {
    case 'help': await io.write(help); return nothingFound;
    case 'version': await io.write(`tconv ${version}\n`); return nothingFound;
    case 'wrong': return refuse(invocation.message, io);
    case 'check': return check(invocation.check, io);
  }
}

async function check(given: CheckArguments, io: Io): Promise<number> {
  const nobody = [...given.select ?? [], ...given.ignore].find(selector => matchingRules(selector, rules).length === 0);
  if (nobody !== undefined) return refuse(`there is no rule ${nobody}`, io);
  const config = given.config === undefined ? undefined : resolve(io.directory, given.config);
  const projects = await Projects.create(io, rules, config);
  if ('problems' in projects) return refuse(`${given.config ?? ''}: ${projects.problems.join('; ')}`, io);
  return new Check(given, projects, reporterFor(given, io), io).run();
}

async function refuse(message: string, io: Io): Promise<number> {
  await io.writeError(`tconv: ${message}\nTry: tconv --help\n`);
  return failed;
}

function reporterFor(given: CheckArguments, io: Io): Reporter {
  switch (given.format) {
    case 'json': return new JsonReporter();
    case 'sarif': return new SarifReporter({ version, rules });
    case 'github': return new GithubReporter();
    case 'text': return new TextReporter({ colours: io.terminal && !io.environment['NO_COLOR'] });
  }
}

/** Files that import files that import files. */
const mostRounds = 40;

/** One run over the given paths. */
class Check {
  private readonly seen = new Set<string>();
  private readonly imported: ImportedFiles;
  private unreadable = false;
  private found = false;

  constructor(
    private readonly given: CheckArguments, private readonly projects: Projects,
    private readonly reporter: Reporter, private readonly io: Io,
  ) {
    this.imported = new ImportedFiles(io);
  }

  async run(): Promise<number> {
    for (const path of this.given.paths) {
      if (path === '-') await this.input();
      else await this.path(path);
    }
    await this.io.write(this.reporter.end());
    if (this.unreadable) return failed;
    return this.found && !this.given.exitZero ? findingsFound : nothingFound;
  }

  private async input(): Promise<void> {
    const name = this.given.stdinFilename;
    const shown = name === undefined ? '<stdin>' : this.shown(resolve(this.io.directory, name), name);
    const path = resolve(this.io.directory, name ?? 'stdin.py');
    await this.checkBytes(shown, path, () => this.io.readInput());
  }

  private async path(given: string): Promise<void> {
    const excluded = (path: string, isDirectory: boolean): Promise<boolean> => this.projects.excludes(path, isDirectory);
    for await (const walked of walk(resolve(this.io.directory, given), this.io, excluded)) {
      if (this.seen.has(walked.path)) continue;
      this.seen.add(walked.path);
      const shown = this.shown(walked.path, given);
      const limit = isNotebook(walked.path) ? maximumNotebookSize : maximumPythonSize;
      if (walked.kind === 'error') await this.fail(shown, walked.message);
      else if (walked.size > limit) await this.fail(shown, `too large: ${megabytes(walked.size)}, the limit is ${megabytes(limit)}`);
      else await this.checkBytes(shown, walked.path, () => this.io.readFile(walked.path));
    }
  }

  private async checkBytes(shown: string, path: string, read: () => Promise<Uint8Array>): Promise<void> {
    let analysis: Analysis;
    try {
      const source = sourceOf(await read(), isNotebook(shown));
      if ('error' in source) return await this.fail(shown, source.error);
      analysis = await this.analyze(source, path);
    } catch (error) {
      return await this.fail(shown, describeError(error));
    }
    if (analysis.findings.some(finding => isSerious(finding.severity))) this.found = true;
    await this.io.write(this.reporter.file(shown, analysis));
  }

  private async analyze(source: Source, path: string): Promise<Analysis> {
    const { settings } = await this.projects.at(dirname(path));
    for (const problem of this.projects.takeProblems()) await this.fail(this.shown(problem.path, problem.path), problem.message);
    const { files, path: place } = await this.imported.of(path);
    if (!await files.reach.reaches(place, source.cells.join('\n'))) return { source, layers: [], imported: [], asked: [], findings: [], flow: Flow.none };
    await files.ahead.of(place, source.cells.join('\n'));
    const severities = selectRules(rules, settings.severities, [settings, this.given]);
    const options = {
      severities, files,
      ...(settings.kerasVersion === undefined ? {} : { kerasVersion: settings.kerasVersion }),
      ...(settings.imageDataFormat === undefined ? {} : { imageDataFormat: settings.imageDataFormat }),
    };
    const analyzer = new Analyzer();
    let analysis = analyzer.analyze({ ...source, path: place }, options);
    // What an imported file imports shows when that file is there.
    for (let round = 0; round < mostRounds && await files.load(); round++) analysis = analyzer.analyze({ ...source, path: place }, options);
    return analysis;
  }

  /** Names a file that is not checked; the run goes on. */
  private async fail(path: string, message: string): Promise<void> {
    this.unreadable = true;
    await this.io.write(this.reporter.error(path, message));
  }

  /** How a report names a path: relative to the current directory, with slashes; absolute outside of it if given so. */
  private shown(path: string, given: string): string {
    const inside = relative(this.io.directory, path);
    const isOutside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
    const name = isOutside && isAbsolute(given) ? path : inside === '' ? '.' : inside;
    return name.split(sep).join('/');
  }
}

function sourceOf(bytes: Uint8Array, notebook: boolean): Source | { readonly error: string } {
  const decoded = notebook ? decode(bytes, 'utf-8') : decodePython(bytes);
  if ('error' in decoded) return decoded;
  if (!notebook) return { kind: 'file', cells: [decoded.text] };
  const reading = readNotebook(decoded.text);
  return 'error' in reading ? reading : reading.source;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
