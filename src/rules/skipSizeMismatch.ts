import { both, describeCondition, type ResidueCondition } from '../algebra/condition';
import type { FitCondition, Note } from '../network/notes';
import { listed } from './describe';
import { noted } from './noted';
import type { Rule } from './rule';

/**
 * Tensors that are concatenated or added must agree in their other sizes: certain ones, or for some inputs only.
 * A U-Net that halves its input four times has a condition at each of its joins; what they amount to together is
 * reported once, where it is strongest.
 */
export const skipSizeMismatch: Rule = {
  code: 'TC208',
  name: 'skip-size-mismatch',
  severity: 'error',
  summary: 'Tensors that are joined by cat, Concatenate or an addition differ in a size.',
  check: context => noted('skip-size-mismatch', { ...context, notes: together(context.notes ?? []) }),
};

interface Conditional extends Note {
  readonly fits: FitCondition;
}

/** The notes, those that depend on the same sizes as one. */
function together(notes: readonly Note[]): readonly Note[] {
  const groups: Conditional[][] = [];
  const bySymbol = new Map<string, Conditional[]>();
  const rest: Note[] = [];
  for (const note of notes) {
    if (!isConditional(note) || note.kind !== 'skip-size-mismatch') {
      rest.push(note);
      continue;
    }
    const symbols = note.fits.conditions.map(({ symbol }) => symbol.key);
    const known = symbols.map(key => bySymbol.get(key)).find(group => group !== undefined);
    const group = known ?? [];
    if (known === undefined) groups.push(group);
    group.push(note);
    for (const key of symbols) if (!bySymbol.has(key)) bySymbol.set(key, group);
  }
  return [...rest, ...groups.flatMap(asOne)];
}

function asOne(notes: readonly Conditional[]): readonly Note[] {
  const [main, ...others] = [...notes].sort((a, b) => strength(b.fits) - strength(a.fits));
  if (main === undefined || others.length === 0) return notes;
  const words = combined(notes.flatMap(note => note.fits.conditions))?.map(describeCondition);
  if (words?.every(word => word !== undefined) !== true) return notes;
  const places = new Set(others.map(({ range }) => range.from)).size;
  const { kind, range: at, certain, quote, fits: all } = main;
  return [{
    kind, range: at, certain, quote, fits: all,
    message: `The tensors joined here and at ${places === 1 ? 'another place' : `${places} other places`} fit only if ${listed(words, 'and')}: here their sizes are ${main.fits.sizes}.`,
    related: [...main.related, ...others.map(({ range, fits }) => ({ range, message: `here the sizes are ${fits.sizes}` }))].slice(0, 12),
  }];
}

/** One condition a symbol; `undefined` where they cannot be put together. */
function combined(conditions: readonly ResidueCondition[]): readonly ResidueCondition[] | undefined {
  const bySymbol = new Map<string, ResidueCondition>();
  for (const condition of conditions) {
    const before = bySymbol.get(condition.symbol.key);
    const after = before === undefined ? condition : both(before, condition);
    if (after === undefined) return undefined;
    bySymbol.set(condition.symbol.key, after);
  }
  return [...bySymbol.values()];
}

function isConditional(note: Note): note is Conditional {
  return note.fits !== undefined && !note.certain;
}

function strength({ conditions }: FitCondition): number {
  return Math.max(...conditions.map(({ modulus }) => modulus));
}
