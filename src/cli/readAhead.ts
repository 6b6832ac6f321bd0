import { modulePaths } from '../python/modulePaths';
import { importsIn, type ReadableFiles } from './reach';

/** More files than that are not read ahead: what the analysis then asks for is read after it. */
const mostFiles = 300;

/**
 * Reads what a file imports, directly or not, before it is analysed: otherwise the analysis finds out import by
 * import, and each time begins again. Only imports at the left margin, for others are seldom followed.
 */
export class ReadAhead {
  /** The files that a file imports. */
  private readonly known = new Map<string, readonly string[]>();

  constructor(private readonly files: ReadableFiles) {}

  async of(path: string, text: string): Promise<void> {
    const seen = new Set([path]);
    for (const at of seen) {
      if (seen.size > mostFiles) return;
      for (const next of await this.importedBy(at, at === path ? text : undefined)) seen.add(next);
    }
  }

  private async importedBy(path: string, given: string | undefined): Promise<readonly string[]> {
    const before = this.known.get(path);
    if (before !== undefined) return before;
    const text = given ?? await this.files.textOf(path) ?? '';
    const found: string[] = [];
    for (const { name, level } of importsIn(text, 'margin')) for (const candidate of modulePaths(path, name, level)) {
      if (await this.files.textOf(candidate) === undefined) continue;
      found.push(candidate);
      break;
    }
    this.known.set(path, found);
    return found;
  }
}
