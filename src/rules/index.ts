import type { Rule } from './rule';
import { unusedSuppression } from './unusedSuppression';

/** Every rule, in the order of their codes. */
export const rules: readonly Rule[] = [
  unusedSuppression,
];
