import { compare } from '../algebra/bounds';
import { add, equal, unknown, type Int } from '../algebra/integer';
import { describeCondition, equalWhen } from '../algebra/condition';
import { format } from '../algebra/format';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import type { NetworkContext } from './context';
import type { RelatedSubjects } from './notes';
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

/** Notes the sizes in which tensors that are concatenated differ; says whether they can be joined at all. */
export function checkConcatenated(tensors: readonly Tensor[], axis: number | undefined, site: Site, context: NetworkContext, quote: (left: Int, right: Int, index: number) => string): boolean {
  const [first] = tensors;
  if (first?.shape === undefined) return true;
  const at = axisOf(axis, first.shape.length);
  const meetings: Meeting[] = [];
  for (const [index, other] of tensors.entries()) {
    if (other.shape?.length !== first.shape.length) continue;
    for (const [place, left] of first.shape.entries()) {
      const right = other.shape[place];
      if (place !== at && right !== undefined) meetings.push({ left, right, axis: place, quote: quote(left, right, index), from: [first, other] });
    }
  }
  return noteSizes(context, site, meetings);
}

/** The shape of an elementwise operation; notes sizes that cannot be brought together. */
export function combined(left: Tensor, right: Tensor, site: Site, context: NetworkContext, quote: (left: Int, right: Int, axis: number) => string): Shape | undefined {
  if (left.shape === undefined || right.shape === undefined) return undefined;
  const { shape } = broadcast(left.shape, right.shape);
  const meetings: Meeting[] = [];
  for (const [axis, size] of shape.entries()) {
    const a = left.shape[axis - shape.length + left.shape.length];
    const b = right.shape[axis - shape.length + right.shape.length];
    if (a !== undefined && b !== undefined && !size.known) meetings.push({ left: a, right: b, axis, quote: quote(a, b, axis), from: [left, right] });
  }
  return noteSizes(context, site, meetings) ? shape : undefined;
}

/** Two sizes that should be the same. */
interface Meeting {
  readonly left: Int;
  readonly right: Int;
  readonly axis: number;
  /** What the framework says when they are not. */
  readonly quote: string;
  /** The tensors that have them. */
  readonly from: readonly [Tensor, Tensor];
}

/** One note for a place where tensors meet: what differs for certain, or else when all agree. False where they never fit. */
function noteSizes(context: NetworkContext, site: Site, meetings: readonly Meeting[]): boolean {
  const known = meetings.filter(({ left, right }) => left.known && right.known && !equal(left, right));
  const text = ({ left, right }: Meeting): string => `${format(left, { times: '·' })} and ${format(right, { times: '·' })}`;
  const wrong = known.find(({ left, right }) => compare(left, right) === 'different');
  if (wrong !== undefined) {
    if (context.choosing === 0) context.page.notes.note(site, {
      kind: 'skip-size-mismatch', certain: true, quote: wrong.quote,
      message: `The tensors joined here differ in size ${wrong.axis}: ${text(wrong)}.`, related: givers(wrong),
    });
    return false;
  }
  const conditions = known.flatMap(meeting => {
    const when = equalWhen(meeting.left, meeting.right);
    const words = when.kind === 'residues' ? describeCondition(when) : undefined;
    return when.kind !== 'residues' || words === undefined ? [] : [{ meeting, words, when }];
  });
  const [first] = conditions;
  if (first === undefined || context.choosing > 0) return true;
  const sizes = conditions.map(({ meeting }) => text(meeting)).join('; ');
  context.page.notes.note(site, {
    kind: 'skip-size-mismatch', certain: false, quote: first.meeting.quote,
    message: `The tensors joined here fit only if ${[...new Set(conditions.map(({ words }) => words))].join(' and ')}: their sizes are ${sizes}.`,
    related: givers(first.meeting), fits: { conditions: conditions.map(({ when }) => when), sizes },
  });
  return true;
}

/** The layers that gave two sizes. */
function givers({ left, right, from }: Meeting): RelatedSubjects {
  const related: RelatedSubjects[number][] = [];
  for (const [index, size] of [left, right].entries()) {
    const call = from[index]?.origin?.last;
    if (call !== undefined) related.push({ subject: call, message: `size ${format(size, { times: '·' })} comes from this layer` });
  }
  return related;
}
