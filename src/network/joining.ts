import { add, compare, equal, unknown, type Int } from '../algebra/integer';
import { describeCondition, equalWhen } from '../algebra/condition';
import { format } from '../algebra/format';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import type { NetworkContext } from './context';
import { axisOf } from './shapes/reshape';
import { broadcast } from './shapes/broadcast';
import type { Tensor } from './values';

/** Tensors end to end along an axis; every other size must agree. `undefined` shapes leave it unknown. */
export function concatenated(shapes: readonly (Shape | undefined)[], axis: number | undefined): Shape | undefined {
  const known = shapes.filter(shape => shape !== undefined);
  const [first] = known;
  if (first === undefined || known.some(shape => shape.length !== first.length)) return undefined;
  const at = axisOf(axis, first.length);
  if (at === undefined) return undefined;
  return first.map((size, place) => {
    if (place === at) return known.length < shapes.length ? unknown : add(...known.map(shape => shape[place] ?? unknown));
    // All must agree: one that is known decides.
    return known.map(shape => shape[place] ?? unknown).find(candidate => candidate.known) ?? size;
  });
}

/** Notes the sizes in which tensors that are concatenated differ. */
export function checkConcatenated(tensors: readonly Tensor[], axis: number | undefined, site: Site, context: NetworkContext, quote: (left: Int, right: Int, index: number) => string): void {
  const [first] = tensors;
  if (first?.shape === undefined) return;
  const at = axisOf(axis, first.shape.length);
  for (const [index, other] of tensors.entries()) {
    if (other.shape?.length !== first.shape.length) continue;
    for (const [place, left] of first.shape.entries()) {
      const right = other.shape[place];
      if (place !== at && right !== undefined) noteSizes(context, site, left, right, place, quote(left, right, index));
    }
  }
}

/** The shape of an elementwise operation; notes sizes that cannot be brought together. */
export function combined(left: Tensor, right: Tensor, site: Site, context: NetworkContext, quote: (left: Int, right: Int, axis: number) => string): Shape | undefined {
  if (left.shape === undefined || right.shape === undefined) return undefined;
  const { shape } = broadcast(left.shape, right.shape);
  for (const [axis, size] of shape.entries()) {
    const a = left.shape[axis - shape.length + left.shape.length];
    const b = right.shape[axis - shape.length + right.shape.length];
    if (a !== undefined && b !== undefined && !size.known) noteSizes(context, site, a, b, axis, quote(a, b, axis));
  }
  return shape;
}

/** Where two tensors meet and a size differs, or differs for some inputs. */
function noteSizes(context: NetworkContext, site: Site, left: Int, right: Int, axis: number, quote: string): void {
  if (!left.known || !right.known || equal(left, right)) return;
  const sizes = `${format(left, { times: '·' })} and ${format(right, { times: '·' })}`;
  if (compare(left, right) === 'different') {
    context.notes.add(site, { kind: 'skip-size-mismatch', certain: true, message: `The tensors joined here differ in size ${axis}: ${sizes}.`, quote });
    return;
  }
  const when = equalWhen(left, right);
  const condition = when.kind === 'residues' ? describeCondition(when) : undefined;
  if (condition === undefined) return;
  context.notes.add(site, {
    kind: 'skip-size-mismatch', certain: false,
    message: `The tensors joined here have the same size ${axis} only if ${condition}: they have ${sizes}.`, quote,
  });
}
