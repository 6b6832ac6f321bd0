import { bounds, compare } from '../algebra/bounds';
import { type Int, asConstant, constant, one, unknown } from '../algebra/integer';
import type { Problem, ProblemKind } from './api';
import type { ArgumentValue, Shape } from './argument';
import type { Binding, Bound } from './bind';
import { meantFor, misplaced } from './misplaced';
import { firstBelow, readSize, repeat } from './read';
import { plainText, pythonText, string, typeName } from './value';

/** What tells `tf.nn`'s functions apart. */
export interface TensorflowTraits {
  readonly name: string;
  readonly label: string;
  /** `undefined`: `tf.nn.conv_transpose`, where the arguments decide. */
  readonly rank: 1 | 2 | 3 | undefined;
}

/** `'SAME'`, `'VALID'`, or the pairs cropped from each spatial axis; `undefined` when not known. */
export type TensorflowPadding = 'SAME' | 'VALID' | readonly (readonly [before: Int, after: Int])[];

/** `output_shape` as given: all sizes, or the spatial ones alone. */
export interface RequestedShape {
  readonly batch: Int;
  readonly channels: Int;
  readonly spatial: readonly Int[];
}

export type Layout = 'channelsFirst' | 'channelsLast';

/** Reads the arguments of one call of `tf.nn.conv…_transpose`. Source: semantics.md 4. */
export class TensorflowArguments {
  readonly problems: Problem[];

  constructor(private readonly binding: Binding, readonly traits: TensorflowTraits, private readonly parameters: readonly string[]) {
    this.problems = [...binding.problems];
  }

  get(parameter: string): Bound {
    return this.binding.get(parameter);
  }

  report(kind: ProblemKind, parameter: string, message: string, details: Pick<Problem, 'quote' | 'correction'> = {}): void {
    this.problems.push({ kind, parameter, source: this.get(parameter).source, message, when: 'call', ...details });
  }

  tensor(parameter: string): Shape | undefined {
    const { value } = this.get(parameter);
    return value.kind === 'tensor' ? value.shape : undefined;
  }

  /** The number of spatial axes: that of the function, or what the arguments agree on. */
  rank(): number | undefined {
    if (this.traits.rank !== undefined) return this.traits.rank;
    const requested = this.get('output_shape').value;
    if (requested.kind === 'sequence') {
      const rank = requested.items.length - 2;
      if (rank >= 1 && rank <= 3) return rank;
      this.report('output-shape-mismatch', 'output_shape', `output_shape needs 3, 4 or 5 entries, not ${requested.items.length}.`, {
        quote: `ValueError: \`output_shape\` must be of length 3, 4 or 5. Received: output_shape=${pythonText(requested)} of length ${requested.items.length}.`,
      });
      return undefined;
    }
    if (requested.kind === 'integer' || requested.kind === 'none') {
      this.report('output-shape-mismatch', 'output_shape', `output_shape must be a tensor or a list, not ${pythonText(requested)}.`, {
        quote: `ValueError: \`output_shape\` must be a tensor or sized collection. Received: output_shape=${pythonText(requested)}`,
      });
      return undefined;
    }
    const length = requested.kind === 'tensor' && requested.shape?.length === 1 ? asConstant(requested.shape[0] ?? unknown) : undefined;
    const dimensions = length ?? this.tensor('filters')?.length ?? this.tensor('input')?.length;
    return dimensions !== undefined && dimensions >= 3 && dimensions <= 5 ? dimensions - 2 : undefined;
  }

  layout(rank: number | undefined): Layout | undefined {
    const { value } = this.get('data_format');
    if (value.kind === 'none') return 'channelsLast';
    if (value.kind === 'unknown' || value.kind === 'other' || value.kind === 'tensor') return undefined;
    const text = plainText(value);
    if (rank === undefined) return text.startsWith('NC') ? 'channelsFirst' : 'channelsLast';
    const [last, first] = formats(rank);
    if (text === last) return 'channelsLast';
    if (text === first) return 'channelsFirst';
    const corrected = value.kind === 'string' ? correctedFormat(text, last, first) : undefined;
    this.report('invalid-argument', 'data_format', `${this.traits.label} takes data_format '${last}' or '${first}', not ${pythonText(value)}.`, {
      quote: this.traits.rank === 1
        ? `ValueError: \`data_format\` must be 'NWC' or 'NCW'. Received: data_format=${text}`
        : value.kind === 'string'
          ? `InvalidArgumentError: Value for attr 'data_format' of "${text}" is not in the list of allowed values: "${last}", "${first}"`
          : "AttributeError: 'int' object has no attribute 'startswith'",
      ...(corrected === undefined ? {} : { correction: { title: `Use '${corrected}'`, set: { data_format: string(corrected) } } }),
    });
    return undefined;
  }

  /** Strides or dilations: an integer, or a list of 1, `rank` or `rank + 2`. None means 1. */
  sizes(parameter: 'strides' | 'dilations', rank: number, layout: Layout | undefined): readonly Int[] {
    const bound = this.get(parameter);
    const { value } = bound;
    const open = repeat(unknown, rank);
    if (value.kind === 'none') return repeat(one, rank);
    if (value.kind === 'string') {
      // In TensorFlow 1 the parameter after data_format is the name.
      if (parameter === 'dilations' && bound.position !== undefined) return repeat(one, rank);
      this.wrongStrides(parameter, bound);
      return open;
    }
    if (value.kind !== 'sequence') return this.positive(parameter, repeat(number(value), rank));
    const items = value.items.map(number);
    const { length } = items;
    if (length !== 1 && length !== rank && length !== rank + 2) {
      const written = this.traits.rank === 1 && parameter === 'strides' ? 'stride' : parameter;
      this.report('invalid-argument', parameter, `${parameter} needs 1, ${rank === 1 ? '' : `${rank} `}or ${rank + 2} entries, not ${length}.`, {
        quote: `ValueError: ${written} should be of length 1, ${rank} or ${rank + 2}. Received: ${written}=${pythonText(value)} of length ${length}`,
      });
      return open;
    }
    if (length === 1) return this.positive(parameter, repeat(items[0] ?? unknown, rank));
    if (length === rank) return this.positive(parameter, items);
    if (layout === undefined) return open;
    const outer = layout === 'channelsLast' ? [items[0], items[rank + 1]] : [items[0], items[1]];
    if (outer.some(size => compare(size ?? unknown, 1) === 'different')) {
      this.report('invalid-argument', parameter, `${parameter} must be 1 for batch and channels, but is ${pythonText(value)}.`, {
        quote: `UnimplementedError: Current implementation does not yet support ${parameter} in the batch and depth dimensions.`,
      });
    }
    return this.positive(parameter, layout === 'channelsLast' ? items.slice(1, -1) : items.slice(2));
  }

  padding(rank: number | undefined, layout: Layout | undefined): TensorflowPadding | undefined {
    const bound = this.get('padding');
    const { value } = bound;
    switch (value.kind) {
      case 'unknown': case 'other': case 'tensor': return undefined;
      case 'string': return this.paddingString(value.value, rank);
      case 'sequence': if (rank === 2) return this.explicitPadding(value, layout); break;
      default: break;
    }
    this.report('unsupported-padding', 'padding', `${this.traits.label} takes padding as 'SAME' or 'VALID', not ${pythonText(value)}.`, {
      quote: `TypeError: Expected string for argument 'padding' not ${pythonText(value)}.`,
    });
    return undefined;
  }

  /** `output_shape`, where it is known to be a list. TC209 for what can be seen without the input. */
  requestedShape(rank: number, layout: Layout | undefined): RequestedShape | undefined {
    const { value } = this.get('output_shape');
    if (value.kind === 'none' || value.kind === 'integer' || value.kind === 'float' || value.kind === 'boolean' || value.kind === 'string') {
      this.report('output-shape-mismatch', 'output_shape', `output_shape must be a list of ${rank + 2} sizes, not ${pythonText(value)}.`, this.shapeTypeQuote(value));
    }
    if (value.kind !== 'sequence') return undefined;
    for (const item of value.items) {
      if (item.kind === 'none') {
        this.report('output-shape-mismatch', 'output_shape', 'None is not a size in output_shape; for the batch use tf.shape(x)[0].', { quote: noneError });
        break;
      }
      if (item.kind === 'float' || item.kind === 'string') {
        this.report('output-shape-mismatch', 'output_shape', `output_shape must be integers, not ${pythonText(value)}.`, {
          ...(rank === 1 ? {} : { quote: `TypeError: Cannot convert ${item.kind === 'float' ? pythonText(value) : pythonText(item)} to EagerTensor of dtype int32` }),
        });
        break;
      }
    }
    const sizes = value.items.map(item => readSize(item) ?? unknown);
    const negative = firstBelow(sizes, 0);
    if (negative !== undefined) {
      const size = asConstant(sizes[negative] ?? unknown) ?? '?';
      this.report('output-shape-mismatch', 'output_shape', `output_shape has a negative size: ${pythonText(value)}.`, { quote: `InvalidArgumentError: Dimension ${size} must be >= 0` });
    }
    const known = sizes.map(size => bounds(size).upper < 0 ? unknown : size);
    // Conv2DBackpropInput takes the spatial sizes alone as well.
    if (rank === 2 && known.length === 2) return { batch: unknown, channels: unknown, spatial: known };
    if (known.length !== rank + 2) {
      if (this.traits.rank === undefined) return undefined;
      this.report('output-shape-mismatch', 'output_shape', `output_shape needs ${rank + 2} entries, not ${known.length}.`, {
        quote: rank === 3
          ? 'InvalidArgumentError: input tensor must have 5 dimensions'
          : `InvalidArgumentError: Conv2DBackpropInput requires input_sizes to contain 4 values or 2 values, but got: ${known.length + (rank === 1 ? 1 : 0)}`,
      });
      return undefined;
    }
    const [batch = unknown] = known;
    if (layout === undefined) return { batch, channels: unknown, spatial: repeat(unknown, rank) };
    return layout === 'channelsLast'
      ? { batch, channels: known[rank + 1] ?? unknown, spatial: known.slice(1, -1) }
      : { batch, channels: known[1] ?? unknown, spatial: known.slice(2) };
  }

  private positive(parameter: 'strides' | 'dilations', values: readonly Int[]): readonly Int[] {
    const axis = firstBelow(values, 1);
    if (axis === undefined) return values;
    const rank = values.length;
    this.report('invalid-argument', parameter, `${parameter} must be positive, but is ${pythonText(this.get(parameter).value)}.`, {
      quote: parameter === 'dilations'
        ? 'InvalidArgumentError: Dilation values must be positive'
        : rank === 3
          ? `InvalidArgumentError: Stride must be > 0, but got ${asConstant(values[axis] ?? unknown) ?? '?'}`
          : 'InvalidArgumentError: Row and column strides should be larger than 0.',
    });
    return values.map(value => bounds(value).upper < 1 ? unknown : value);
  }

  private shapeTypeQuote(value: ArgumentValue): Pick<Problem, 'quote'> {
    // In one dimension Python walks through the list before TensorFlow sees it.
    if (this.traits.rank === 1) return value.kind === 'string' ? {} : { quote: `TypeError: '${typeName(value) ?? '?'}' object is not iterable` };
    if (value.kind === 'none') return { quote: noneError };
    if (value.kind === 'string') return { quote: `TypeError: Cannot convert ${pythonText(value)} to EagerTensor of dtype int32` };
    return this.traits.rank === 2 && value.kind === 'integer' ? { quote: 'InvalidArgumentError: Conv2DBackpropInput: input_sizes input must be 1-dim, not 0' } : {};
  }

  private wrongStrides(parameter: 'strides' | 'dilations', bound: Bound): void {
    const text = plainText(bound.value);
    const quote = `TypeError: Expected int for argument '${parameter}' not '${text[0] ?? ''}'.`;
    const meant = bound.position === undefined ? undefined : meantFor(bound.value, this.parameters);
    if (meant === undefined) {
      this.report('invalid-argument', parameter, `${parameter} must be an integer or a list, not ${pythonText(bound.value)}.`, { quote });
    } else {
      this.problems.push(misplaced({ bound, parameter, meant, meantIsGiven: this.get(meant).given, label: this.traits.label, quote, when: 'call' }));
    }
  }

  private paddingString(text: string, rank: number | undefined): TensorflowPadding | undefined {
    if (text === 'SAME' || text === 'VALID') return text;
    const upper = text.toUpperCase();
    const evident = upper === 'SAME' || upper === 'VALID';
    this.report('unsupported-padding', 'padding', evident
      ? `${this.traits.label} takes padding in upper case only: '${upper}', not '${text}'.`
      : `${this.traits.label} has no padding '${text}', only 'SAME' and 'VALID'.`, {
      quote: `InvalidArgumentError: Value for attr 'padding' of "${text}" is not in the list of allowed values: "SAME", "VALID"${rank === 3 ? '' : ', "EXPLICIT"'}`,
      ...(evident ? { correction: { title: `Use '${upper}'`, set: { padding: string(upper) } } } : {}),
    });
    return undefined;
  }

  /** `[[0, 0], [top, bottom], [left, right], [0, 0]]` in the order of data_format. */
  private explicitPadding(value: ArgumentValue & { readonly kind: 'sequence' }, layout: Layout | undefined): TensorflowPadding | undefined {
    const text = pythonText(value);
    const reject = (message: string, quote: string): undefined => {
      this.report('unsupported-padding', 'padding', message, { quote });
      return undefined;
    };
    const single = value.items.findIndex(item => item.kind !== 'sequence' && item.kind !== 'unknown');
    if (single >= 0) {
      const type = value.items[single]?.kind === 'integer' ? 'int' : 'str';
      return reject(`padding as a list must have one pair for each dimension, not ${text}.`,
        `ValueError: When \`padding\` is a list, each element of \`padding\` must be a list/tuple of size 2. Received: padding=${text} with element at index ${single} of type <class '${type}'>`);
    }
    if (value.items.length !== 4) {
      return reject(`padding as a list needs 4 pairs, batch and channels included, not ${value.items.length}.`,
        `ValueError: When padding is a list, it must be of size 4. Received: padding=${text} of size ${value.items.length}`);
    }
    const pairs = value.items.map((item): readonly [Int, Int] => {
      const items = item.kind === 'sequence' ? item.items : [];
      const size = (index: number): Int => items[index] === undefined ? unknown : readSize(items[index]) ?? unknown;
      return [size(0), size(1)];
    });
    if (pairs.some(pair => firstBelow(pair, 0) !== undefined)) {
      return reject(`padding must not be negative, but is ${text}.`, 'InvalidArgumentError: All elements of explicit_paddings must be nonnegative');
    }
    if (layout === undefined) return undefined;
    const [outer, spatial] = layout === 'channelsLast' ? [[pairs[0], pairs[3]], pairs.slice(1, 3)] : [[pairs[0], pairs[1]], pairs.slice(2)];
    if (outer.some(pair => pair?.some(size => bounds(size).lower > 0) === true)) {
      return reject(`padding must be 0 for batch and channels, but is ${text}.`, 'InvalidArgumentError: Nonzero explicit padding in the batch or depth dimensions is not supported');
    }
    return spatial;
  }
}

const noneError = "ValueError: Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.";

/** The two names of `data_format` for a rank. */
export function formats(rank: number): readonly [last: string, first: string] {
  const axes = ['W', 'HW', 'DHW'][rank - 1] ?? 'HW';
  return [`N${axes}C`, `NC${axes}`];
}

function correctedFormat(text: string, last: string, first: string): string | undefined {
  const upper = text.toUpperCase();
  if (upper === last || upper === 'CHANNELS_LAST') return last;
  return upper === first || upper === 'CHANNELS_FIRST' ? first : undefined;
}

/** TensorFlow cuts floats down and takes booleans for 0 and 1. */
function number(value: ArgumentValue): Int {
  if (value.kind === 'float') return constant(Math.trunc(value.value));
  return readSize(value, { takesBooleans: true }) ?? unknown;
}
