import type { Note } from '../network/notes';
import type { RuleContext, Violation } from './rule';

/** What was noted while tensors were followed through the model; less than certain weighs as information. */
export function* noted(kind: Note['kind'], context: RuleContext): Iterable<Violation> {
  for (const note of context.notes ?? []) {
    if (note.kind !== kind) continue;
    yield {
      range: note.range,
      message: note.quote === undefined ? note.message : `${note.message} ${note.certain ? 'The framework says' : 'Else the framework says'}: ${note.quote}`,
      related: note.related,
      ...note.certain ? {} : { severity: 'information' },
    };
  }
}
