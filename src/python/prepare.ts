/**
 * Text that is not Python but stands in Python sources: notebook magics, conflict markers, a byte-order
 * mark. Each is replaced by filler of the same length, so that offsets hold.
 */

const cellMagic = /^\s*%%\s*(\w+)/;
/** Cell magics whose body is Python all the same. */
const pythonCellMagics = new Set(['time', 'timeit', 'capture', 'prun', 'python', 'python3', 'py', 'debug', 'tensorflow_version']);
const conflictMarker = /^(?:<{7}|={7}|>{7}|\|{7})(?:[ \t].*)?$/gm;
const lineMagic = /^[ \t]*(?:[%!][^\r\n]*|\?{1,2}[\w.]+[ \t]*|[\w.]+\?{1,2}[ \t]*)$/gm;
/** `files = !ls` and `x = %magic`. */
const assignedMagic = /^([ \t]*[\w., ]+=[ \t]*)([!%][^\r\n]*)$/gm;

/** A file's text, ready for reading. Same length. */
export function prepareFile(text: string): string {
  return text.startsWith('\uFEFF') ? ' ' + text.slice(1) : text;
}

/** A block of text with comments for the lines between which version control has put two versions of it. Same length. */
export function withoutConflicts(block: string): string {
  return block.replace(conflictMarker, line => '#'.padEnd(line.length));
}

/** A notebook cell's text, ready for the parser. Same length; all filler for a cell in another language. */
export function prepareCell(text: string): string {
  const magic = cellMagic.exec(text);
  if (magic !== null && !pythonCellMagics.has(magic[1] ?? '')) return text.replace(/[^\r\n]/g, ' ');
  return prepareFile(text)
    .replace(assignedMagic, (_, target: string, command: string) => target + 'None'.padEnd(command.length).slice(0, Math.max(4, command.length)))
    .replace(lineMagic, filler);
}

/** `pass` where it fits, so that a block made of magics only is still a block. */
function filler(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const room = line.length - indent.length;
  return indent + (room >= 4 ? 'pass'.padEnd(room) : '#'.padEnd(room, '#'));
}
