/**
 * Other files of the workspace, for imports and configuration. Paths are relative to the workspace, with `/`
 * between their parts, as {@link Source.path} is.
 */
export interface Files {
  /**
   * The text of a file; `undefined` when there is none, or when it is not known yet: who implements this for
   * an asynchronous file system notes what was asked for, loads it, and has the source analysed again.
   * Must give the same answer during one analysis.
   */
  read(path: string): string | undefined;
}

/** No files but the one under analysis. */
export const noFiles: Files = { read: () => undefined };

/**
 * The path that `relative` names, seen from the directory of `from`; `undefined` when it leads out of the
 * workspace.
 */
export function pathFrom(from: string, relative: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
