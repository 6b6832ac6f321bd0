import type { Value } from '../python/values';

/** Names under which the same library is imported, longest first. */
const roots: readonly (readonly [string, string])[] = [
  ['tensorflow.python.keras', 'tensorflow.keras'],
  ['torch.nn.modules.conv', 'torch.nn'],
];

/** One spelling for a qualified name that several import paths lead to. */
export function canonicalName(name: string): string {
  for (const [from, to] of roots) if (name === from || name.startsWith(`${from}.`)) return to + name.slice(from.length);
  return name;
}

/** Imported names that are plain constants. */
export function libraryConstant(name: string): Value | undefined {
  switch (name) {
    case 'math.pi': case 'numpy.pi': return { kind: 'float', value: Math.PI };
    default: return undefined;
  }
}
