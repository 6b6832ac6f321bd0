import { modulePaths } from '../python/modulePaths';

/**
 * One of these is in the name of every API that is read, also where the name is put together
 * (`'Conv' + 'Transpose2d'`); the last is in our comments. Tensors are transposed everywhere, so `.transpose` is none.
 */
export const telltale = /Transpose|_transpose|[Dd]econv|tconv/;

/** Files below a directory, by their paths from it. */
export interface ReadableFiles {
  /** `undefined` when there is no such file. */
  textOf(path: string): Promise<string | undefined>;
}

/** More files than that are not followed: the first is then analysed. */
const mostFiles = 400;

/** Tells which files need no analysis, and that is most files of a walk: nothing that they import leads to a layer. */
export class Reach {
  private readonly known = new Map<string, boolean>();

  constructor(private readonly files: ReadableFiles) {}

  /** Whether there can be a layer or a comment of ours in the file, or in one that it imports, directly or not. */
  async reaches(path: string, text: string): Promise<boolean> {
    const seen = new Map([[path, text]]);
    for (const [at, content] of seen) {
      if (telltale.test(content) || this.known.get(at) === true || seen.size > mostFiles) {
        this.known.set(path, true);
        return true;
      }
      if (this.known.get(at) === undefined) await this.follow(at, content, seen);
    }
    for (const at of seen.keys()) this.known.set(at, false);
    return false;
  }

  private async follow(from: string, text: string, seen: Map<string, string>): Promise<void> {
    for (const { name, level } of importsIn(text)) for (const path of modulePaths(from, name, level)) {
      const known = seen.has(path) ? '' : await this.files.textOf(path);
      if (known === undefined) continue;
      if (!seen.has(path)) seen.set(path, known);
      break;
    }
  }
}

interface Import {
  readonly name: string;
  /** The number of dots before it. */
  readonly level: number;
}

/**
 * The modules that a text may import. A name in `from package import name` may be a module too.
 * @param where anywhere, or only at the left margin.
 */
export function importsIn(text: string, where: 'anywhere' | 'margin' = 'anywhere'): readonly Import[] {
  const found: Import[] = [];
  for (const { 0: written, groups } of text.matchAll(statement)) {
    if (where === 'margin' && /^[ \t]/.test(written)) continue;
    const { dots = '', module = '', names = '', modules } = groups ?? {};
    if (modules !== undefined) for (const name of namesIn(modules)) found.push({ name, level: 0 });
    else {
      const level = dots.length;
      found.push({ name: module, level });
      for (const name of namesIn(names)) if (/^\w+$/.test(name)) found.push({ name: module === '' ? name : `${module}.${name}`, level });
    }
  }
  return found;
}

const statement = /^[ \t]*(?:from[ \t]+(?<dots>\.*)(?<module>[\w.]*)[ \t]+import[ \t]*(?<names>\([^()]*\)|[^\r\n#;(]+)|import[ \t]+(?<modules>[^\r\n#;]+))/gm;

/** `a, b as c` without what they are called here. */
function namesIn(list: string): readonly string[] {
  return list.replace(/[()\\]/g, ' ').split(',').map(part => part.trim().split(/\s/)[0] ?? '').filter(name => /^[\w.]+$/.test(name));
}
