import { everyStatement } from '../python/walk';
import type { CallExpression, Expression, Statement } from '../python/syntax';

/**
 * Calls that make a layer whose weights are then set to a bilinear kernel and frozen. Such a kernel answers a
 * constant evenly although its overlap is uneven (Long, Shelhamer and Darrell 2015; the recipe of Caffe), so
 * nothing is to be said of it. Recognised where it can be seen: by the name of the function that makes the
 * weights, and `requires_grad` or `trainable` switched off.
 */
export function frozenBilinearLayers(statements: readonly Statement[]): ReadonlySet<CallExpression> {
  const facts = statements.map(factsOf);
  const telling = facts.filter(each => each.bilinear.length > 0 || each.frozen.length > 0 || each.initialized.length > 0);
  if (telling.length === 0) return none;
  const found = new Set(telling.flatMap(({ initialized }) => initialized));
  const frozen = new Set(telling.flatMap(each => each.frozen));
  const bilinear = new Set(telling.flatMap(each => each.bilinear).filter(name => frozen.has(name)));
  if (bilinear.size > 0) for (const { made } of facts) for (const { name, call } of made) if (bilinear.has(name)) found.add(call);
  return found;
}

const none: ReadonlySet<CallExpression> = new Set();

/** What a statement and those inside it say, by the path of the layer: `self.up`. */
interface Facts {
  readonly made: { readonly name: string; readonly call: CallExpression }[];
  readonly bilinear: string[];
  readonly frozen: string[];
  /** Made frozen and bilinear at once. */
  readonly initialized: CallExpression[];
}

const known = new WeakMap<Statement, Facts>();

function factsOf(statement: Statement): Facts {
  let facts = known.get(statement);
  if (facts === undefined) known.set(statement, facts = collect(statement));
  return facts;
}

function collect(outer: Statement): Facts {
  const facts: Facts = { made: [], bilinear: [], frozen: [], initialized: [] };
  for (const statement of everyStatement([outer])) {
    const value = statement.kind === 'assign' || statement.kind === 'expression' ? statement.value : undefined;
    if (value?.kind === 'call' && isFrozenInitializer(value)) facts.initialized.push(value);
    if (statement.kind === 'assign' && value !== undefined) for (const target of statement.targets) collectAssigned(target, value, facts);
    if (value?.kind === 'call') collectCalled(value, facts);
    if (statement.kind === 'for') facts.frozen.push(...frozenInLoop(statement));
  }
  return facts;
}

function collectAssigned(target: Expression, value: Expression, facts: Facts): void {
  const name = pathOf(target);
  if (name === undefined) return;
  if (value.kind === 'call') facts.made.push({ name, call: value });
  const weight = ownerOfWeight(name);
  if (weight !== undefined && mentionsBilinear(value)) facts.bilinear.push(weight);
  const owner = /^(.+?)(?:\.weight)?(?:\.data)?\.(?:requires_grad|trainable)$/.exec(name)?.[1];
  if (owner !== undefined && value.kind === 'constant' && value.value === false) facts.frozen.push(owner);
}

function collectCalled({ callee, arguments: [first] }: CallExpression, facts: Facts): void {
  const owner = callee.kind === 'attribute' ? pathOf(callee.object) : undefined;
  if (callee.kind !== 'attribute' || owner === undefined || first === undefined) return;
  const weight = ownerOfWeight(owner);
  if (callee.name === 'copy_' && weight !== undefined && mentionsBilinear(first.value)) facts.bilinear.push(weight);
  if (callee.name === 'requires_grad_' && first.value.kind === 'constant' && first.value.value === false) facts.frozen.push(weight ?? owner);
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
