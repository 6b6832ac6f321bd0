/** Text to insert in a line. */
export interface LineInsertion {
  readonly column: number;
  readonly text: string;
}

/**
 * What to insert in a line so that a rule is silent on it: a code more in a suppression that stands there,
 * or a comment at the end. `undefined` where a comment cannot stand, after a line continuation.
 */
export function suppressionEdit(line: string, rule: string): LineInsertion | undefined {
  const present = /#[ \t]*tconv:[ \t]*ignore[ \t]*\[(?<codes>[^\]#]*)\]/.exec(line);
  const codes = present?.groups?.['codes'];
  if (present && codes !== undefined) {
    return { column: present.index + present[0].length - 1, text: codes.trim() === '' ? rule : `, ${rule}` };
  }
  const end = line.trimEnd();
  if (end.endsWith('\\')) return undefined;
  return { column: end.length, text: `  # tconv: ignore[${rule}]` };
}
