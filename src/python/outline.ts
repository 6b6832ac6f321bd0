/** What a definition does to the names of its module shows before it is parsed. */
export interface Outline {
  readonly name: string;
  /** The decorators with their lines, as they are written; empty where there are none. */
  readonly decorators: string;
}

const plainString = /(?:"""(?:[^"\\]|"(?!""))*"""|"(?!"")[^"\\\r\n]*"|'(?!'')[^'\\\r\n]*')/.source;
const decorator = String.raw`@[\w.]+[ \t]*(?:\((?:[^()'"#\\]|${plainString})*\))?[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n)`;
const definition = new RegExp(String.raw`^((?:${decorator})*)(?:(?:async[ \t]+)?def|class)[ \t]+([A-Za-z_]\w*)[ \t]*[(:\[]`);
/** A line at the left margin that begins something else: a bracket before it has not been closed, or it stands in a text. */
const another = /[\r\n][^\s#)\]}]/g;

/** The outline of a block that is one definition, where a look at its text tells; `undefined` for any other block. */
export function outlineOf(block: string): Outline | undefined {
  const [head, decorators = '', name] = definition.exec(block) ?? [];
  if (head === undefined || name === undefined || /#\s*tconv\s*:/.test(block)) return undefined;
  another.lastIndex = head.length;
  return another.test(block) ? undefined : { name, decorators };
}
