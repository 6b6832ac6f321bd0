import type { ImpliedInputs } from './implied';
import type { Notes } from './notes';

/** What the operations of one analysis share. */
export interface NetworkContext {
  readonly implied: ImpliedInputs;
  readonly notes: Notes;
  /** Keras's default `data_format`, which code can set. */
  channelsFirst: boolean;
}
