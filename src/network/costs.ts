import { floorDivide, isMultipleOf } from '../algebra/division';
import { add, multiply, unknown, type Int } from '../algebra/integer';
import type { Reading } from '../frameworks/api';
import type { Shape } from '../frameworks/argument';

/** Learned numbers of a transposed convolution: weights `[Cin, Cout/groups, *K]` and bias `[Cout]`. */
export function parameterCount(reading: Reading, input: Shape | undefined): Int {
  if (reading.bias === undefined || reading.kernelSize.length === 0) return unknown;
  const weights = multiply(weightsPerInput(reading), channelsIn(reading, input));
  return reading.bias ? add(weights, reading.outputChannels) : weights;
}

function weightsPerInput(reading: Reading): Int {
  const perGroup = dividedBy(reading.outputChannels, reading.groups);
  return multiply(perGroup, ...reading.kernelSize);
}

/** Every input element times every weight of its channel, before anything is cropped: for one example. */
export function multiplyAddCount(reading: Reading, input: Shape | undefined): Int {
  if (input === undefined || reading.layout === undefined || reading.rank === undefined) return unknown;
  const spatial = reading.layout === 'channelsFirst' ? input.slice(-reading.rank) : input.slice(-1 - reading.rank, -1);
  return multiply(weightsPerInput(reading), channelsIn(reading, input), ...spatial);
}

function channelsIn(reading: Reading, input: Shape | undefined): Int {
  if (reading.inputChannels.known || input === undefined || reading.rank === undefined) return reading.inputChannels;
  return (reading.layout === 'channelsFirst' ? input.at(-1 - reading.rank) : input.at(-1)) ?? unknown;
}

function dividedBy(value: Int, divisor: Int): Int {
  return isMultipleOf(value, divisor) === true ? floorDivide(value, divisor) : unknown;
}
