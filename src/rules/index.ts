import { argumentOrder } from './argumentOrder';
import { blocky } from './blocky';
import { channelMismatch } from './channelMismatch';
import { emptyOutput } from './emptyOutput';
import { groupsMismatch } from './groupsMismatch';
import { holes } from './holes';
import { inputShapeMismatch } from './inputShapeMismatch';
import { invalidArgument } from './invalidArgument';
import { offByOneSize } from './offByOneSize';
import { outputPaddingTooLarge } from './outputPaddingTooLarge';
import { outputShapeMismatch } from './outputShapeMismatch';
import { skipSizeMismatch } from './skipSizeMismatch';
import { stackedUnevenOverlap } from './stackedUnevenOverlap';
import { strideWithDilation } from './strideWithDilation';
import { unevenOverlap } from './unevenOverlap';
import { unsupportedPadding } from './unsupportedPadding';
import { unusedSuppression } from './unusedSuppression';
import type { Rule } from './rule';

/** Every rule, in the order of their codes. */
export const rules: readonly Rule[] = [
  unevenOverlap,
  holes,
  stackedUnevenOverlap,
  blocky,
  outputPaddingTooLarge,
  groupsMismatch,
  emptyOutput,
  strideWithDilation,
  unsupportedPadding,
  invalidArgument,
  channelMismatch,
  skipSizeMismatch,
  outputShapeMismatch,
  inputShapeMismatch,
  offByOneSize,
  argumentOrder,
  unusedSuppression,
];
