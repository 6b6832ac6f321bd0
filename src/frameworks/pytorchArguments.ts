import { bounds } from '../algebra/bounds';
import { isMultipleOf } from '../algebra/division';
import { type Int, asConstant, unknown } from '../algebra/integer';
import { format } from '../algebra/format';
import type { Problem, ProblemKind } from './api';
import type { ArgumentValue } from './argument';
import type { Binding, Bound } from './bind';
import { meantFor, misplaced } from './misplaced';
import { firstBelow, readSize, readSizes, repeat, truth } from './read';
import { listText, plainText, pythonText, typeName } from './value';

/** What tells PyTorch's transposed convolutions apart. */
export interface TorchTraits {
  readonly rank: 1 | 2 | 3;
  readonly form: 'layer' | 'function';
  /** `ConvTranspose2d`, `conv_transpose2d`. */
  readonly name: string;
  readonly label: string;
  readonly lazy: boolean;
  readonly quantized: boolean;
}

/** The name of the operator that modules and functions end in. */
export function operatorName(traits: TorchTraits): string {
  return `conv_transpose${traits.rank}d`;
}

/** The parameters whose value is one integer or one for each axis, and what PyTorch says below the least value. */
const sizeRules = {
  stride: { position: 4, least: 1, complaint: 'non-positive stride is not supported' },
  padding: { position: 5, least: 0, complaint: 'negative padding is not supported' },
  output_padding: { position: 6, least: 0, complaint: 'negative output_padding is not supported' },
  dilation: { position: 8, least: 1, complaint: 'dilation should be greater than zero' },
} as const;

/** Reads the arguments of one call and collects what PyTorch rejects about them. Source: semantics.md 2.2 and 2.6. */
export class TorchArguments {
  readonly problems: Problem[];

  constructor(private readonly binding: Binding, private readonly traits: TorchTraits, private readonly parameters: readonly string[]) {
    this.problems = [...binding.problems];
  }

  get(parameter: string): Bound {
    return this.binding.get(parameter);
  }

  report(kind: ProblemKind, parameter: string, message: string, details: Pick<Problem, 'quote' | 'when' | 'correction'> = {}): void {
    this.problems.push({ kind, parameter, source: this.get(parameter).source, message, ...details });
  }

  /** Stride, padding, output padding or dilation, one for each axis; unknown where not known or rejected. */
  sizes(parameter: keyof typeof sizeRules): readonly Int[] {
    const { rank } = this.traits;
    const bound = this.get(parameter);
    const read = readSizes(bound.value, { rank, broadcastsOne: true });
    const rule = sizeRules[parameter];
    if (read.kind === 'wrongType') {
      this.wrongType(parameter, this.sizesTypeError(parameter, bound, read.found, read.index), 'call');
      return repeat(unknown, rank);
    }
    if (read.kind === 'wrongLength') {
      this.report('invalid-argument', parameter, this.lengthMessage(parameter, bound.value), {
        quote: `RuntimeError: expected ${parameter} to be a single integer value or a list of ${rank} values to match the convolution dimensions, but got ${parameter}=${asList(bound.value)}`,
        when: 'call',
      });
      return repeat(unknown, rank);
    }
    if (firstBelow(read.values, rule.least) === undefined) return read.values;
    this.report('invalid-argument', parameter, belowMessage(parameter, bound.value, rule.least), { quote: `RuntimeError: ${rule.complaint}`, when: 'call' });
    return read.values.map(value => bounds(value).upper < rule.least ? unknown : value);
  }

  /** The kernel of a module. It becomes the shape of the weight, so that its length must be exact. */
  kernelSize(inputChannels: Int, outputChannels: Int): readonly Int[] {
    const { rank } = this.traits;
    const bound = this.get('kernel_size');
    // True counts as 1 here: torch.empty takes it.
    const read = readSizes(bound.value, { rank, takesBooleans: true });
    if (read.kind === 'wrongType') {
      const type = typeName(read.found) ?? '?';
      this.wrongType('kernel_size', `TypeError: empty(): argument 'size' failed to unpack the object at pos ${(read.index ?? 0) + 3} with error "type must be tuple of ints,but got ${type}"`, 'construction');
      return repeat(unknown, rank);
    }
    if (read.kind === 'wrongLength') {
      this.report('invalid-argument', 'kernel_size', this.lengthMessage('kernel_size', bound.value), {
        quote: wrongWeightRank(rank, [inputChannels, outputChannels, ...read.items.map(item => readSize(item) ?? unknown)]), when: 'call',
      });
      return repeat(unknown, rank);
    }
    const axis = firstBelow(read.values, 1);
    if (axis === undefined) return read.values;
    const worst = read.values[firstBelow(read.values, 0) ?? axis] ?? unknown;
    const negative = bounds(worst).upper < 0;
    this.report('invalid-argument', 'kernel_size', belowMessage('kernel_size', bound.value, 1), {
      quote: negative
        ? `RuntimeError: Trying to create tensor with negative dimension ${asConstant(worst) ?? '?'}: ${listText([inputChannels, outputChannels, ...read.values])}`
        : emptyKernelError(this.traits.rank),
      when: negative ? 'construction' : 'call',
    });
    return read.values.map(value => bounds(value).upper < 1 ? unknown : value);
  }

  channels(parameter: 'in_channels' | 'out_channels'): Int {
    const bound = this.get(parameter);
    const value = readSize(bound.value);
    if (value === undefined) {
      this.wrongType(parameter, channelsTypeError(parameter, bound.value), 'construction');
      return unknown;
    }
    if (bounds(value).upper >= 1) return value;
    const isZero = bounds(value).upper === 0;
    const zeroError = parameter === 'in_channels'
      ? 'RuntimeError: Given groups=1, expected weight to be at least 1 at dimension 0'
      : emptyWeightError(this.traits.rank);
    this.report('invalid-argument', parameter, belowMessage(parameter, bound.value, 1), {
      quote: isZero ? zeroError : `RuntimeError: Trying to create tensor with negative dimension ${pythonText(bound.value)}`,
      when: isZero ? 'call' : 'construction',
    });
    return unknown;
  }

  groups(): Int {
    const bound = this.get('groups');
    const { value } = bound;
    const isModule = this.traits.form === 'layer';
    const notPositive = isModule ? 'ValueError: groups must be a positive integer' : 'RuntimeError: non-positive groups is not supported';
    const size = readSize(value);
    if (size === undefined) {
      this.wrongType('groups', this.groupsTypeError(bound, notPositive), isModule && !(value.kind === 'boolean' && value.value) ? 'construction' : 'call');
      return unknown;
    }
    if (bounds(size).upper >= 1) return size;
    this.report('invalid-argument', 'groups', belowMessage('groups', value, 1), { quote: notPositive, when: isModule ? 'construction' : 'call' });
    return unknown;
  }

  /** TC202 for modules. */
  checkGroups(channels: Int, groups: Int, parameter: 'in_channels' | 'out_channels'): void {
    if (isMultipleOf(channels, groups) !== false) return;
    const at = this.get('groups').given ? 'groups' : parameter;
    this.report('groups-mismatch', at,
      `${parameter} ${pythonText(this.get(parameter).value)} is not divisible by groups ${pythonText(this.get('groups').value)}.`,
      { quote: `ValueError: ${parameter} must be divisible by groups`, when: 'construction' });
  }

  /** A value of a type that the parameter does not take: TC302 where another one is evidently meant. */
  private wrongType(parameter: string, quote: string, when: 'construction' | 'call'): void {
    const bound = this.get(parameter);
    const meant = bound.position === undefined ? undefined : meantFor(bound.value, this.parameters);
    if (meant !== undefined && meant !== parameter) {
      this.problems.push(misplaced({ bound, parameter, meant, meantIsGiven: this.get(meant).given, label: this.traits.label, quote, when }));
      return;
    }
    const one = parameter === 'groups' || parameter.endsWith('channels');
    const expected = one ? 'an integer' : `an integer or a tuple of ${this.traits.rank}`;
    this.report('invalid-argument', parameter, `${parameter} must be ${expected}, not ${pythonText(bound.value)}.`, { quote, when });
  }

  private sizesTypeError(parameter: keyof typeof sizeRules, bound: Bound, found: ArgumentValue, index: number | undefined): string {
    const type = typeName(found) ?? '?';
    const operator = operatorName(this.traits);
    const isModule = this.traits.form === 'layer';
    if (index !== undefined && index > 0) {
      return `TypeError: ${operator}(): argument '${parameter}' failed to unpack the object at pos ${index + 1} with error "type must be tuple of ints,but got ${type}"`;
    }
    const place = isModule || bound.position !== undefined ? ` (position ${sizeRules[parameter].position})` : '';
    return isModule || index !== undefined
      ? `TypeError: ${operator}(): argument '${parameter}'${place} must be tuple of ints, but found element of type ${type} at pos 0`
      : `TypeError: ${operator}(): argument '${parameter}'${place} must be tuple of ints, not ${type}`;
  }

  private groupsTypeError(bound: Bound, notPositive: string): string {
    const { value } = bound;
    const type = typeName(value) ?? '?';
    const operator = operatorName(this.traits);
    if (this.traits.form === 'function') {
      return `TypeError: ${operator}(): argument 'groups'${bound.position === undefined ? '' : ' (position 7)'} must be int, not ${type}`;
    }
    if (value.kind === 'boolean') return value.value ? `TypeError: ${operator}(): argument 'groups' (position 7) must be int, not bool` : notPositive;
    if (value.kind === 'float') return `TypeError: empty(): argument 'size' failed to unpack the object at pos 2 with error "type must be tuple of ints,but got float"`;
    return `TypeError: '<=' not supported between instances of '${type}' and 'int'`;
  }

  private lengthMessage(parameter: string, value: ArgumentValue): string {
    const length = value.kind === 'sequence' ? value.items.length : 1;
    return `${parameter}=${pythonText(value)} has ${length} ${length === 1 ? 'entry' : 'entries'}, but ${this.traits.label} has ${this.traits.rank} spatial ${this.traits.rank === 1 ? 'axis' : 'axes'}.`;
  }

  /** Whether the module learns a bias; `undefined` when not known. Python's truth of the value decides. */
  bias(): boolean | undefined {
    const { value } = this.get('bias');
    return value.kind === 'tensor' ? true : truth(value);
  }
}

/**
 * A weight of another rank than the layer: its rank decides how long a stride must be, unless the stride is of
 * length one, which fits any.
 */
export function wrongWeightRank(rank: number, weight: readonly Int[]): string {
  const length = weight.length - 2;
  if (length < 1) return 'RuntimeError: weight should have at least three dimensions';
  return rank === 1
    ? `RuntimeError: Expected ${length + 2}-dimensional input for ${length + 2}-dimensional weight ${listText(weight)}`
    : `RuntimeError: expected stride to be a single integer value or a list of ${length} values to match the convolution dimensions`;
}

export function biasSizeError(weight: readonly Int[], expected: Int, found: Int): string {
  return `RuntimeError: Given transposed=1, weight of size ${listText(weight)}, expected bias to be 1-dimensional with ${format(expected)} elements, but got bias of size [${format(found)}] instead`;
}

export function emptyKernelError(rank: number): string {
  return rank === 3 ? emptyWeightError(3) : 'RuntimeError: kernel size should be greater than zero';
}

function emptyWeightError(rank: number): string {
  return rank === 3
    ? 'RuntimeError: non-empty 5D (n_output_plane x n_input_plane x kernel_depth x kernel_height x kernel_width) tensor expected for weight, but got'
    : 'RuntimeError: non-empty 2D or 4D weight tensor expected, but got';
}

function channelsTypeError(parameter: 'in_channels' | 'out_channels', value: ArgumentValue): string {
  const type = typeName(value) ?? '?';
  if (value.kind === 'string') return 'TypeError: not all arguments converted during string formatting';
  if (value.kind === 'none' || value.kind === 'sequence') return `TypeError: unsupported operand type(s) for %: '${type}' and 'int'`;
  if (parameter === 'in_channels') return `TypeError: empty(): argument 'size' (position 1) must be tuple of ints, but found element of type ${type} at pos 0`;
  return value.kind === 'boolean'
    ? "TypeError: empty(): argument 'size' (position 1) must be tuple of ints, not bool"
    : `TypeError: empty(): argument 'size' failed to unpack the object at pos 2 with error "type must be tuple of ints,but got ${type}"`;
}

export function belowMessage(parameter: string, value: ArgumentValue, least: number): string {
  const needed = least === 0 ? 'not be negative' : 'be positive';
  return `${parameter} must ${needed}, but is ${pythonText(value)}.`;
}

/** A sequence as PyTorch's C++ side prints it. */
function asList(value: ArgumentValue): string {
  return value.kind === 'sequence' ? `[${value.items.map(plainText).join(', ')}]` : pythonText(value);
}

