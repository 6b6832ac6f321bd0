import type { Machine } from '../../python/machine';
import type { Scope } from '../../python/scope';
import type { Expression } from '../../python/syntax';
import { parseDimensions, parseExpression, shapeOfExpression, type WrittenShape } from './writtenShape';

/**
 * The shape that an annotation gives: `Float[Tensor, "b 3 h w"]` of jaxtyping, `Annotated[Tensor, (N, 3, 64, 64)]`,
 * `TensorType["b", 3, 64, 64]` of torchtyping, also within `Optional[…]`, `… | None` and quotes.
 */
export function annotatedShape(annotation: Expression, machine: Machine, scope: Scope, depth = 4): WrittenShape | undefined {
  if (depth === 0) return undefined;
  const inner = (expression: Expression | undefined): WrittenShape | undefined =>
    expression === undefined ? undefined : annotatedShape(expression, machine, scope, depth - 1);
  switch (annotation.kind) {
    case 'string': return inner(parseExpression(annotation.value));
    case 'binary': return annotation.operator === '|' ? inner(annotation.left) ?? inner(annotation.right) : undefined;
    case 'subscript': break;
    default: return undefined;
  }
  const base = machine.evaluate(annotation.object, scope);
  if (base.kind !== 'external') return undefined;
  const items = annotation.index.kind === 'sequence' ? annotation.index.items : [annotation.index];
  const [first, second] = items;
  switch (base.name) {
    case 'typing.Optional': case 'typing_extensions.Optional': return inner(first);
    case 'typing.Union': case 'typing_extensions.Union': return items.map(inner).find(shape => shape !== undefined);
    case 'typing.Annotated': case 'typing_extensions.Annotated':
      return inner(first) ?? items.slice(1).map(shapeOfExpression).find(shape => shape !== undefined);
    case 'torchtyping.TensorType': return parseDimensions(items.map(torchtypingSize).join(' '));
    default: return base.name.startsWith('jaxtyping.') && second?.kind === 'string' ? parseDimensions(second.value) : undefined;
  }
}

function torchtypingSize(item: Expression): string {
  switch (item.kind) {
    case 'string': return item.value;
    case 'number': return String(item.value);
    case 'constant': return item.value === 'ellipsis' ? '...' : '_';
    default: return '_';
  }
}
