import { bounds } from '../algebra/bounds';
import { type Int, one, unknown } from '../algebra/integer';
import type { Problem, ProblemKind } from './api';
import type { ArgumentValue } from './argument';
import type { Binding, Bound } from './bind';
import type { JaxPadding } from './jaxGeometry';
import { firstBelow, readSize, readSizes, repeat } from './read';
import { pythonText, string, typeName } from './value';

/** What tells lax and Flax apart. */
export interface JaxTraits {
  readonly library: 'lax' | 'linen' | 'nnx';
  readonly label: string;
}

/** Reads the arguments of one call of JAX or Flax. Source: semantics.md 5.1 and 5.2. */
export class JaxArguments {
  readonly problems: Problem[];

  constructor(private readonly binding: Binding, readonly traits: JaxTraits) {
    this.problems = [...binding.problems];
  }

  get(parameter: string): Bound {
    return this.binding.get(parameter);
  }

  report(kind: ProblemKind, parameter: string, message: string, details: Pick<Problem, 'quote' | 'correction'> = {}): void {
    this.problems.push({ kind, parameter, source: this.get(parameter).source, message, when: 'call', ...details });
  }

  /** Flax's kernel: an integer means one dimension, and is never spread over more. */
  kernelSize(): readonly Int[] | undefined {
    const bound = this.get('kernel_size');
    const { value } = bound;
    const items = value.kind === 'sequence' ? value.items : [value];
    if (value.kind === 'unknown' || value.kind === 'other' || value.kind === 'tensor' || items.length === 0) return undefined;
    const read = readSizes({ kind: 'sequence', form: 'tuple', items }, { rank: items.length });
    if (read.kind !== 'sizes') {
      this.report('invalid-argument', 'kernel_size', `kernel_size must be integers, not ${pythonText(value)}.`);
      return repeat(unknown, items.length);
    }
    if (firstBelow(read.values, 1) === undefined) return read.values;
    this.report('invalid-argument', 'kernel_size', `kernel_size must be positive, but is ${pythonText(value)}.`);
    return read.values.map(size => bounds(size).upper < 1 ? unknown : size);
  }

  /** Strides or dilation. None means 1; lax takes no bare integer. */
  sizes(parameter: string, rank: number): readonly Int[] {
    const bound = this.get(parameter);
    const { value } = bound;
    const isStrides = parameter === 'strides';
    if (value.kind === 'none' && !(this.traits.library === 'lax' && isStrides)) return repeat(one, rank);
    if (this.traits.library === 'lax' && (value.kind === 'integer' || value.kind === 'none')) {
      this.report('invalid-argument', parameter, `${parameter} must be a sequence of ${rank} integers, not ${pythonText(value)}.`, {
        quote: isStrides ? `TypeError: object of type '${typeName(value) ?? '?'}' has no len()` : `TypeError: '${typeName(value) ?? '?'}' object is not iterable`,
        ...(value.kind === 'integer' ? { correction: spread(parameter, value, rank) } : {}),
      });
      return repeat(value.kind === 'integer' ? value.value : unknown, rank);
    }
    const read = readSizes(value, { rank });
    if (read.kind !== 'sizes') {
      this.report('invalid-argument', parameter, `${parameter} must be ${rank} integers, not ${pythonText(value)}.`);
      return repeat(unknown, rank);
    }
    if (firstBelow(read.values, 1) === undefined) return read.values;
    this.report('invalid-argument', parameter, `${parameter} must be positive, but is ${pythonText(value)}.`, { quote: 'TypeError: All dilations must be positive' });
    return read.values.map(size => bounds(size).upper < 1 ? unknown : size);
  }

  padding(rank: number, stride: readonly Int[], consistent: boolean): JaxPadding | undefined {
    const { value } = this.get('padding');
    if (value.kind === 'unknown' || value.kind === 'other' || value.kind === 'tensor') return undefined;
    if (value.kind === 'string') return this.stringPadding(value.value, stride);
    const isFlax = this.traits.library !== 'lax';
    if (isFlax && value.kind === 'integer') return { pairs: repeat([value.value, value.value] as const, rank), consistent: false };
    const pairs = value.kind === 'sequence' ? value.items.map(item => pair(item, isFlax)) : undefined;
    if (pairs === undefined || pairs.some(each => each === undefined)) {
      this.report('unsupported-padding', 'padding', `padding must be a string or a sequence of pairs, not ${pythonText(value)}.`, {
        quote: isFlax
          ? `ValueError: Invalid padding format: ${pythonText(value)}, should be str, int, or a sequence of len ${rank} where each element is an int or pair of ints.`
          : `ValueError: padding argument to conv_general_dilated should be a string or a sequence of (low, high) pairs, got ${pythonText(value)}`,
      });
      return undefined;
    }
    if (pairs.length !== rank) {
      this.report('unsupported-padding', 'padding', `padding needs ${rank} ${rank === 1 ? 'pair' : 'pairs'}, not ${pairs.length}.`, {
        quote: isFlax
          ? `ValueError: Invalid padding format: ${pythonText(value)}, should be str, int, or a sequence of len ${rank} where each element is an int or pair of ints.`
          : `TypeError: Wrong number of explicit pads for convolution: expected ${rank}, got ${pairs.length}.`,
      });
      return undefined;
    }
    return { pairs: pairs.filter(each => each !== undefined), consistent };
  }

  private stringPadding(text: string, stride: readonly Int[]): JaxPadding | undefined {
    const isFlax = this.traits.library !== 'lax';
    if (text === 'SAME' || text === 'VALID') return text;
    if (text === 'CIRCULAR' && isFlax) return text;
    const upper = text.toUpperCase();
    const known = upper === 'SAME' || upper === 'VALID';
    if (stride.some(size => bounds(size).lower > 1)) {
      this.report('unsupported-padding', 'padding', known
        ? `${this.traits.label} takes padding in upper case only: '${upper}', not '${text}'.`
        : `${this.traits.label} has no padding '${text}'.`, {
        quote: 'ValueError: String padding is not implemented for transposed convolution using this op. Please either exactly specify the required padding or use conv_transpose.',
        ...(known ? { correction: { title: `Use '${upper}'`, set: { padding: string(upper) } } } : {}),
      });
      return undefined;
    }
    if (!stride.every(size => bounds(size).lower === 1 && bounds(size).upper === 1)) return undefined;
    if (upper === 'SAME') return 'forward same';
    if (upper === 'VALID') return 'forward valid';
    if (upper !== 'SAME_LOWER') {
      this.report('unsupported-padding', 'padding', `${this.traits.label} has no padding '${text}'.`, {
        quote: `RuntimeError: Unrecognized padding type: expected 'VALID', 'SAME', or 'SAME_LOWER', got ${text}.`,
      });
    }
    return undefined;
  }
}

function spread(parameter: string, value: ArgumentValue, rank: number): NonNullable<Problem['correction']> {
  const replacement: ArgumentValue = { kind: 'sequence', form: 'tuple', items: repeat(value, rank) };
  return { title: `Write ${parameter}=${pythonText(replacement)}`, set: { [parameter]: replacement } };
}

/** `(low, high)`, or in Flax an integer for both. */
function pair(item: ArgumentValue, takesInteger: boolean): readonly [Int, Int] | undefined {
  if (item.kind === 'unknown') return [unknown, unknown];
  if (item.kind === 'integer') return takesInteger ? [item.value, item.value] : undefined;
  if (item.kind !== 'sequence' || item.items.length !== 2) return undefined;
  const [low, high] = item.items.map(each => readSize(each));
  return low === undefined || high === undefined ? undefined : [low, high];
}
