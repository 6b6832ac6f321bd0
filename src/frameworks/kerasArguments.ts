import { bounds } from '../algebra/bounds';
import { type Int, asConstant, constant, unknown } from '../algebra/integer';
import type { Problem, ProblemKind } from './api';
import type { ArgumentValue } from './argument';
import type { Binding, Bound } from './bind';
import { KerasMessages, type KerasVersion, type SizesParameter } from './kerasMessages';
import { meantFor, misplaced } from './misplaced';
import { firstBelow, readSizes, repeat } from './read';
import { plainText, pythonText, typeName } from './value';

/** What tells Keras's layers, and what TensorFlow 1 built on them, apart. */
export interface KerasTraits {
  readonly rank: 1 | 2 | 3;
  readonly form: 'layer' | 'function';
  /** `Conv2DTranspose`: the class that does the work and whose messages appear. */
  readonly className: string;
  readonly label: string;
  /** How the parameters are called here, by Keras's names. */
  readonly names: KerasNames;
  /** Slim takes 0 filters. */
  readonly leastFilters?: 0;
}

export interface KerasNames {
  readonly filters: string;
  readonly kernel_size: string;
  readonly strides: string;
}

export const kerasNames: KerasNames = { filters: 'filters', kernel_size: 'kernel_size', strides: 'strides' };

export type PaddingMode = 'same' | 'valid';

/** Reads the arguments of one call and collects what Keras rejects about them. Source: semantics.md 3.2 and 3.4. */
export class KerasArguments {
  readonly problems: Problem[];
  private readonly messages: KerasMessages;

  constructor(
    private readonly binding: Binding,
    readonly traits: KerasTraits,
    private readonly version: KerasVersion,
    private readonly parameters: readonly string[],
  ) {
    this.problems = [...binding.problems];
    this.messages = new KerasMessages(version, traits.rank);
  }

  /** By Keras's name of the parameter. */
  get(parameter: string): Bound {
    return this.binding.get(this.written(parameter));
  }

  /** The parameter's name in this API. */
  written(parameter: string): string {
    return parameter in this.traits.names ? this.traits.names[parameter as keyof KerasNames] : parameter;
  }

  report(kind: ProblemKind, parameter: string, message: string, details: Pick<Problem, 'quote' | 'when' | 'correction'> = {}): void {
    this.problems.push({ kind, parameter: this.written(parameter), source: this.get(parameter).source, message, when: 'construction', ...details });
  }

  /** Integers, one for each axis; unknown where not known or rejected. */
  sizes(parameter: SizesParameter): readonly Int[] {
    const { rank } = this.traits;
    const bound = this.get(parameter);
    const read = readSizes(bound.value, {
      rank, takesBooleans: this.version === 3 || parameter !== 'kernel_size',
      // Keras only looks whether int() takes an entry; not every back end minds.
      takesWholeFloats: parameter === 'output_padding' || (this.version === 3 && parameter === 'strides'),
    });
    if (read.kind === 'wrongType') {
      this.wrongSizesType(parameter, bound, read.found, read.index);
      return repeat(unknown, rank);
    }
    if (read.kind === 'wrongLength') {
      const { length } = read.items;
      this.report('invalid-argument', parameter,
        `${this.written(parameter)}=${pythonText(bound.value)} has ${length} ${length === 1 ? 'entry' : 'entries'}, but ${this.traits.label} has ${rank} spatial ${rank === 1 ? 'axis' : 'axes'}.`,
        { quote: this.messages.sizes(parameter, bound.value) });
      return repeat(unknown, rank);
    }
    const least = parameter === 'output_padding' ? 0 : 1;
    if (firstBelow(read.values, least) === undefined) return read.values;
    this.report('invalid-argument', parameter, `${this.written(parameter)} must ${least === 0 ? 'not be negative' : 'be positive'}, but is ${pythonText(bound.value)}.`,
      { quote: this.messages.range(parameter, bound.value, read.values, least) });
    return read.values.map(value => bounds(value).upper < least ? unknown : value);
  }

  filters(): Int {
    const bound = this.get('filters');
    const { value } = bound;
    switch (value.kind) {
      case 'integer':
        if (bounds(value.value).upper >= (this.traits.leastFilters ?? 1)) return value.value;
        this.report('invalid-argument', 'filters', `${this.written('filters')} must be positive, but is ${pythonText(value)}.`,
          { quote: `ValueError: Invalid value for argument \`filters\`. Expected a strictly positive value. Received filters=${pythonText(value)}.` });
        return unknown;
      case 'boolean':
        if (this.version === 2) {
          this.report('invalid-argument', 'filters', `${this.written('filters')} must be an integer, not ${pythonText(value)}.`,
            { quote: 'TypeError: Field tensorflow.TensorShapeProto.Dim.size: Expected an int, got a boolean.', when: 'call' });
        }
        return this.version === 3 && value.value ? constant(1) : unknown;
      case 'float':
        if (this.version === 2) return constant(Math.floor(value.value));
        this.report('invalid-argument', 'filters', `${this.written('filters')} must be an integer, not ${pythonText(value)}.`,
          { quote: this.messages.floatDimension(this.get('kernel_size').value, value, value), when: 'call' });
        return unknown;
      case 'none':
        this.report('invalid-argument', 'filters', `${this.written('filters')} must be an integer, not None.`, {
          when: 'call',
          quote: this.version === 3
            ? 'ValueError: Shapes used to initialize variables must be fully-defined (no `None` dimensions).'
            : "TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'",
        });
        return unknown;
      case 'string': case 'sequence':
        this.wrongType('filters', 'an integer', `TypeError: '<=' not supported between instances of '${typeName(value) ?? '?'}' and 'int'`);
        return unknown;
      default: return unknown;
    }
  }

  /** `undefined` when not known. TC205 when Keras does not have it. */
  padding(): PaddingMode | undefined {
    const bound = this.get('padding');
    const { value } = bound;
    if (value.kind === 'unknown' || value.kind === 'other' || value.kind === 'tensor') return undefined;
    if (value.kind === 'string') {
      const mode = value.value.toLowerCase();
      if (mode === 'same' || mode === 'valid') return mode;
      const quote = this.messages.padding(mode);
      const late = mode === 'causal' && this.version === 2 && this.traits.rank === 1;
      if (!this.misplacedInstead('padding', bound, quote, 'construction')) {
        this.report('unsupported-padding', 'padding', `${this.traits.label} has no padding ${pythonText(value)}, only 'valid' and 'same'.`,
          late ? { when: 'call' } : { quote });
      }
      return undefined;
    }
    const isSequence = value.kind === 'sequence';
    // Keras wraps lists that layers keep; Keras 2 fails on an assertion without a text.
    const type = value.kind === 'sequence' && value.form === 'list' ? 'TrackedList' : typeName(value) ?? '?';
    const quote = isSequence && this.version === 2 ? undefined : `AttributeError: '${type}' object has no attribute 'lower'`;
    this.report('unsupported-padding', 'padding', `${this.traits.label} takes padding as 'valid' or 'same' only, not ${pythonText(value)}.`, {
      ...(quote === undefined ? {} : { quote }),
      when: isSequence ? 'call' : 'construction',
      ...this.paddingCorrection(value),
    });
    return undefined;
  }

  /** Where the channels are; `undefined` when not known. `formats` are the two names of `data_format` here. */
  layout(fallback: 'channels_last' | 'channels_first', formats: readonly [last: string, first: string] = ['channels_last', 'channels_first']): 'channelsLast' | 'channelsFirst' | undefined {
    const bound = this.get('data_format');
    const { value } = bound;
    if (value.kind === 'unknown' || value.kind === 'other' || value.kind === 'tensor') return undefined;
    if (value.kind === 'none') return fallback === 'channels_last' ? 'channelsLast' : 'channelsFirst';
    const isKeras = formats[0] === 'channels_last';
    const text = value.kind === 'string' ? (isKeras ? value.value.toLowerCase() : value.value) : undefined;
    if (text === formats[0]) return 'channelsLast';
    if (text === formats[1]) return 'channelsFirst';
    const quote = this.messages.dataFormat(value, formats);
    if (value.kind !== 'string' && value.kind !== 'boolean' && bound.position !== undefined) {
      // Conv2D has dilation_rate where Conv2DTranspose has data_format; Keras 3 has Conv3DTranspose's two the other way round.
      const meant = this.traits.rank === 3 && this.version === 3 ? 'output_padding' : 'dilation_rate';
      if (this.parameters.includes(meant)) {
        this.problems.push(misplaced({
          bound, parameter: 'data_format', meant, meantIsGiven: this.get(meant).given, label: this.traits.label, quote, when: 'construction',
          sibling: meant === 'dilation_rate' ? `Conv${this.traits.rank}D` : 'Keras 2',
        }));
        return undefined;
      }
    }
    if (!this.misplacedInstead('data_format', bound, quote, 'construction')) {
      this.report('invalid-argument', 'data_format', `data_format must be '${formats[0]}' or '${formats[1]}', not ${pythonText(value)}.`, { quote });
    }
    return undefined;
  }

  /** TC302: True or False, or a padding, where the activation stands. */
  checkActivation(): void {
    const bound = this.get('activation');
    if (bound.position === undefined) return;
    const meant = meantFor(bound.value, this.parameters);
    if (meant === undefined || meant === 'activation') return;
    this.misplacedInstead('activation', bound, `ValueError: Could not interpret activation function identifier: ${plainText(bound.value)}`, 'construction');
  }

  /** Keywords that `**kwargs` swallows, beyond what every layer knows. */
  checkOtherKeywords(): void {
    const known = this.version === 3 ? layerKeywords : new Set([...layerKeywords, 'groups']);
    for (const [keyword, bound] of this.binding.others) {
      if (known.has(keyword)) continue;
      this.problems.push({
        kind: 'invalid-argument', parameter: keyword, source: bound.source, when: 'construction',
        message: `${this.traits.label} has no parameter ${keyword}.`,
        quote: this.version === 3
          ? `ValueError: Unrecognized keyword arguments passed to ${this.traits.className}: {'${keyword}': ${pythonText(bound.value)}}`
          : `TypeError: ('Keyword argument not understood:', '${keyword}')`,
      });
    }
  }

  other(keyword: string): Bound | undefined {
    return this.binding.others.get(keyword);
  }

  private wrongSizesType(parameter: SizesParameter, bound: Bound, found: ArgumentValue, index: number | undefined): void {
    const isNumberInSequence = index !== undefined && found.kind === 'float';
    if (isNumberInSequence) {
      // int() of each entry works, so that only building the weight, or the call, fails.
      this.report('invalid-argument', parameter, `${this.written(parameter)} must be integers, not ${pythonText(bound.value)}.`, {
        when: 'call', ...(parameter === 'kernel_size' ? { quote: this.messages.floatDimension(this.get('kernel_size').value, this.get('filters').value, found) } : {}),
      });
      return;
    }
    if (found.kind === 'boolean') {
      this.report('invalid-argument', parameter, `${this.written(parameter)} must be integers, not ${pythonText(bound.value)}.`,
        { quote: "ValueError: Can't convert Python sequence with mixed types to Tensor.", when: 'call' });
      return;
    }
    const element = index === undefined ? '' : `including element ${plainText(found)} of type <class '${typeName(found) ?? '?'}'>`;
    // A string is a sequence to Python: digits, one for each axis, pass the first check.
    const digits = found.kind === 'string' && index === undefined && found.value.length === this.traits.rank && /^\d+$/.test(found.value);
    const comparison = parameter === 'output_padding' || (parameter === 'strides' && this.version === 2) ? '<' : '<=';
    this.wrongType(parameter, `an integer or a tuple of ${this.traits.rank}`, digits
      ? `TypeError: '${comparison}' not supported between instances of 'str' and 'int'`
      : this.messages.sizes(parameter, bound.value) + element);
  }

  private wrongType(parameter: string, expected: string, quote: string): void {
    const bound = this.get(parameter);
    if (this.misplacedInstead(parameter, bound, quote, 'construction')) return;
    this.report('invalid-argument', parameter, `${this.written(parameter)} must be ${expected}, not ${pythonText(bound.value)}.`, { quote });
  }

  /** Reports TC302 when a positional value is evidently meant for another parameter. */
  private misplacedInstead(parameter: string, bound: Bound, quote: string, when: 'construction' | 'call'): boolean {
    const meant = bound.position === undefined ? undefined : meantFor(bound.value, this.parameters);
    if (meant === undefined || meant === parameter) return false;
    this.problems.push(misplaced({
      bound, parameter: this.written(parameter), meant, meantIsGiven: this.get(meant).given, label: this.traits.label, quote, when,
    }));
    return true;
  }

  /** PyTorch's padding 0 is 'valid'. */
  private paddingCorrection(value: ArgumentValue): Pick<Problem, 'correction'> {
    const items = value.kind === 'sequence' ? value.items : [value];
    const zero = items.length > 0 && items.every(item => item.kind === 'integer' && asConstant(item.value) === 0);
    return zero ? { correction: { title: "Use padding='valid'", set: { padding: { kind: 'string', value: 'valid' } } } } : {};
  }
}

/**
 * Keywords of every layer. Some are of Keras 2 only; they are tolerated because the version is a guess, and a
 * wrong error is worse than none.
 */
const layerKeywords: ReadonlySet<string> = new Set([
  'activity_regularizer', 'autocast', 'batch_input_shape', 'batch_size', 'dtype', 'dynamic', 'implementation', 'input_dim', 'input_shape',
  'name', 'trainable', 'weights',
]);
