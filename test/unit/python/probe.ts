import { describe as text } from '../../../src/python/describe';
import { KnownFiles, noFiles } from '../../../src/python/files';
import { Program } from '../../../src/python/program';
import type { Host } from '../../../src/python/machine';
import { parseSource } from '../../../src/python/parse';
import { unknownValue, type Value } from '../../../src/python/values';

/**
 * Runs the text abstractly and says what the argument of each `probe(…)` was known to be, in order;
 * `?` for unknown, names for symbols. Assumptions follow in brackets.
 */
export function probe(source: string, kind: 'file' | 'notebook' = 'file'): readonly string[] {
  const found: string[] = [];
  const host: Host = {
    exports: (module, name) => module === 'known' && /^[A-Z]/.test(name),
    constant: () => undefined,
    call: () => unknownValue,
    callValue: () => unknownValue,
    callMethod: () => undefined,
    attribute: () => undefined,
    assigned: () => undefined,
    callMethodName: () => 'forward',
    binary: () => unknownValue,
    subscript: () => unknownValue,
    items: () => undefined,
    isLibrary: () => true,
    restart: () => undefined,
    setting: '',
    newPage: () => ({}),
    page: {},
  };
  const probing: Host = {
    ...host,
    call(name, given, site) {
      if (name !== 'testing.probe') return unknownValue;
      const values = given.positional.map(argument => show(argument.value));
      const mark = site.mode === 'real' ? '' : site.mode === 'speculative' ? 'excluded: ' : undefined;
      if (mark !== undefined) found.push(mark + values.join(', '));
      return unknownValue;
    },
  };
  const cells = kind === 'notebook' ? source.split('# ---\n') : [source];
  const parsed = parseSource({ kind, cells: cells.map((cell, index) => index === 0 ? `from testing import probe\n${cell}` : cell) });
  new Program(probing).run(parsed.flatMap(cell => cell?.statements ?? []), undefined, new KnownFiles(noFiles));
  return found;
}

function show(value: Value): string {
  const assumed = value.assumed === undefined ? '' : ` [${value.assumed.join('; ')}]`;
  return (text(value) ?? (value.kind === 'unknown' ? '?' : value.kind)) + assumed;
}
