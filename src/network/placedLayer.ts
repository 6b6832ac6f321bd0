import type { Reading, ReadingOptions } from '../frameworks/api';
import type { Places, Version } from '../python/places';
import type { SourceRange } from '../python/source';
import type { CallExpression, Expression, Node } from '../python/syntax';
import type { ArgumentSource, Instance, Layer } from './layer';

/** An instance, wherever its layer stands in the text. */
export interface InstanceCore extends Omit<Instance, 'inputFrom' | 'before' | 'path'> {
  readonly inputFrom: Node | undefined;
  readonly before: readonly { readonly call: CallExpression; readonly reading: Reading }[];
  readonly path: readonly CallExpression[];
}

/** A layer, wherever it stands in the text: kept from version to version. */
export interface LayerCore {
  readonly call: CallExpression;
  readonly reading: Reading;
  readonly instances: readonly InstanceCore[];
  readonly cutOff: string | undefined;
}

/** The version of a document that layers are placed in, and how it is read. */
export interface PlacingContext extends Version {
  readonly options: ReadingOptions;
}

/** A layer as it stands in one version of the text. Places are told when they are asked for: most never are. */
export class PlacedLayer implements Layer {
  readonly range: SourceRange;
  private ownArguments: readonly ArgumentSource[] | undefined;
  private ownInstances: readonly Instance[] | undefined;

  constructor(readonly core: LayerCore, private readonly context: PlacingContext) {
    this.range = context.places.rangeOf(core.call);
  }

  get call(): CallExpression {
    return this.core.call;
  }

  get reading(): Reading {
    return this.core.reading;
  }

  get cutOff(): string | undefined {
    return this.core.cutOff;
  }

  get callee(): SourceRange {
    return this.context.places.rangeOf(this.call.callee);
  }

  get end(): SourceRange | undefined {
    const { close, chunk } = this.call;
    return close === undefined ? undefined : this.context.places.rangeOf({ from: close, to: close, chunk });
  }

  get arguments(): readonly ArgumentSource[] {
    return this.ownArguments ??= argumentSources(this.call, this.reading, this.context);
  }

  get instances(): readonly Instance[] {
    return this.ownInstances ??= this.core.instances.map(instance => placed(instance, this.context.places));
  }
}

function placed(core: InstanceCore, places: Places): Instance {
  const { inputFrom, before, path } = core;
  return {
    ...core,
    inputFrom: inputFrom && places.rangeOf(inputFrom),
    before: before.map(layer => ({ ...layer, range: places.rangeOf(layer.call) })),
    path: path.map(call => places.rangeOf(call)),
  };
}

function argumentSources(call: CallExpression, reading: Reading, { options, places, text }: PlacingContext): readonly ArgumentSource[] {
  const { parameters } = reading.api.signature(options);
  const positional = parameters.filter(parameter => parameter.keywordOnly !== true);
  let position = 0;
  let afterStar = false;
  return call.arguments.map(argument => {
    if (argument.star === '*') afterStar = true;
    const keyword = parameters.find(parameter => parameter.name === argument.keyword || parameter.otherNames?.includes(argument.keyword ?? '') === true);
    const parameter = argument.star !== '' ? undefined
      : argument.keyword !== undefined ? keyword
      : afterStar ? undefined : positional[position++];
    const value = places.rangeOf(argument.value);
    return {
      range: places.rangeOf(argument), value, text: text(value), keyword: argument.keyword,
      parameter: parameter?.name, literal: isLiteral(argument.value),
    };
  });
}

function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number': case 'string': case 'constant': return true;
    case 'unary': return expression.operator !== 'not' && isLiteral(expression.operand);
    case 'sequence': return expression.items.every(isLiteral);
    default: return false;
  }
}
