import { everyStatement } from '../python/walk';
import type { CallExpression, Expression, Statement } from '../python/syntax';

/**
 * Calls that make a layer whose weights are then set to a bilinear kernel and frozen. Such a kernel answers a
 * constant evenly although its overlap is uneven (Long, Shelhamer and Darrell 2015; the recipe of Caffe), so
 * nothing is to be said of it. Recognised where it can be seen: by the name of the function that makes the
 * weights, and `requires_grad` or `trainable` switched off.
 */
export function frozenBilinearLayers(statements: readonly Statement[]): ReadonlySet<CallExpression> {
  const made = new Map<string, CallExpression[]>();
  const bilinear = new Set<string>();
  const frozen = new Set<string>();
  const found = new Set<CallExpression>();
  for (const statement of everyStatement(statements)) {
    const value = statement.kind === 'assign' || statement.kind === 'expression' ? statement.value : undefined;
    if (value?.kind === 'call' && isFrozenInitializer(value)) found.add(value);
    if (statement.kind === 'assign' && value !== undefined) {
      for (const target of statement.targets) {
        const name = pathOf(target);
        if (name === undefined) continue;
        if (value.kind === 'call') made.set(name, [...made.get(name) ?? [], value]);
        const weight = ownerOfWeight(name);
        if (weight !== undefined && mentionsBilinear(value)) bilinear.add(weight);
        const owner = /^(.+?)(?:\.weight)?(?:\.data)?\.(?:requires_grad|trainable)$/.exec(name)?.[1];
        if (owner !== undefined && value.kind === 'constant' && value.value === false) frozen.add(owner);
      }
    }
    if (value?.kind === 'call' && value.callee.kind === 'attribute') {
      const owner = pathOf(value.callee.object);
      const [first] = value.arguments;
      if (owner === undefined || first === undefined) continue;
      const weight = ownerOfWeight(owner);
      if (value.callee.name === 'copy_' && weight !== undefined && mentionsBilinear(first.value)) bilinear.add(weight);
      if (value.callee.name === 'requires_grad_' && first.value.kind === 'constant' && first.value.value === false) frozen.add(weight ?? owner);
    }
    if (statement.kind === 'for') for (const owner of frozenInLoop(statement)) frozen.add(owner);
  }
  for (const name of bilinear) if (frozen.has(name)) for (const call of made.get(name) ?? []) found.add(call);
  return found;
}

/** `for p in self.up.parameters(): p.requires_grad = False`. */
function frozenInLoop(statement: Statement & { kind: 'for' }): readonly string[] {
  const { target, iterable, body } = statement;
  if (target.kind !== 'name' || iterable.kind !== 'call' || iterable.callee.kind !== 'attribute' || iterable.callee.name !== 'parameters') return [];
  const owner = pathOf(iterable.callee.object);
  const freezes = body.some(inner => inner.kind === 'assign' && inner.targets.some(each => pathOf(each) === `${target.name}.requires_grad`)
    && inner.value?.kind === 'constant' && inner.value.value === false);
  return owner !== undefined && freezes ? [owner] : [];
}

/** `Conv2DTranspose(…, kernel_initializer=bilinear(…), trainable=False)`. */
function isFrozenInitializer(call: CallExpression): boolean {
  const argument = (name: string): Expression | undefined => call.arguments.find(each => each.keyword === name)?.value;
  const initializer = argument('kernel_initializer') ?? argument('weights');
  const trainable = argument('trainable');
  return initializer !== undefined && mentionsBilinear(initializer) && trainable?.kind === 'constant' && trainable.value === false;
}

/** `self.up` of `self.up.weight`, `self.up.weight.data`. */
function ownerOfWeight(path: string): string | undefined {
  return /^(.+)\.weight(?:\.data)?$/.exec(path)?.[1];
}

function mentionsBilinear(value: Expression): boolean {
  switch (value.kind) {
    case 'name': return /bilinear/i.test(value.name);
    case 'attribute': return /bilinear/i.test(value.name) || mentionsBilinear(value.object);
    case 'call': return mentionsBilinear(value.callee) || value.arguments.some(each => mentionsBilinear(each.value));
    case 'sequence': return value.items.some(mentionsBilinear);
    default: return false;
  }
}

/** `self.up.weight` as text; `undefined` for what is not a chain of names. */
function pathOf(value: Expression): string | undefined {
  if (value.kind === 'name') return value.name;
  if (value.kind !== 'attribute') return undefined;
  const object = pathOf(value.object);
  return object === undefined ? undefined : `${object}.${value.name}`;
}
