import type { Comment } from '../../python/parse';
import type { SourceRange } from '../../python/source';

/** `name = text` in a comment: `# tconv: x = (N, 100, 1, 1)`, `# tconv: h = config.json`. */
export interface Declaration {
  readonly name: string;
  /** What stands behind the equals sign. */
  readonly text: string;
  /** From the name to the end of the text. */
  readonly range: SourceRange;
}

/** A `# tconv:` comment that is none of those that are read. */
export interface UnreadComment {
  readonly range: SourceRange;
  readonly message: string;
}

/**
 * What a comment declares. Several declarations are parted by `;`, and another comment may follow:
 * `# tconv: x = (N, 3, H, W); skip = (N, 8, H, W)  # noqa`. Suppressions are left to their own reader.
 */
export function readDeclarations(comment: Comment): { readonly declarations: readonly Declaration[]; readonly unread: readonly UnreadComment[] } {
  const declarations: Declaration[] = [];
  const unread: UnreadComment[] = [];
  for (const directive of comment.text.matchAll(/#[ \t]*tconv[ \t]*:(?<body>[^#]*)/g)) {
    const body = directive.groups?.['body'] ?? '';
    if (/^[ \t]*ignore/.test(body)) continue;
    let at = comment.range.from + directive.index + directive[0].length - body.length;
    for (const part of body.split(';')) {
      const text = part.trim();
      const from = at + part.length - part.trimStart().length;
      const range = { ...comment.range, from, to: from + text.length };
      at += part.length + 1;
      const match = /^(?<name>[\p{L}_][\p{L}\p{N}_]*)[ \t]*=(?!=)[ \t]*(?<text>.+)$/u.exec(text);
      const { name, text: value } = match?.groups ?? {};
      if (name !== undefined && value !== undefined) declarations.push({ name, text: value, range });
      else unread.push({
        range: text === '' ? comment.range : range,
        message: 'This comment is not understood: a `# tconv:` comment is `ignore`, `ignore-file`, or `name = shape` as in `x = (N, 3, 64, 64)`.',
      });
    }
  }
  return { declarations, unread };
}

/** The path, where the declaration names a file to read: `config.json`, `'../conf/model.yaml'`. */
export function configurationPath({ text }: Declaration): string | undefined {
  const path = /^(?<quote>["']?)(?<path>[^"'\s(),]+\.(?:json|ya?ml))\k<quote>$/i.exec(text)?.groups?.['path'];
  return path?.replaceAll('\\', '/');
}
