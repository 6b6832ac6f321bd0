import type { Layer } from '../network/layer';
import { shifted, type SourceRange } from '../python/source';
import { rules } from './index';
import type { Fix, Related, Rule, RuleContext, Severity, Violation } from './rule';

/** What a rule has found. */
interface Found {
  readonly rule: Rule;
  readonly violation: Violation;
}

/** What was found of a layer where it first stood. */
interface Known {
  readonly range: SourceRange;
  readonly found: readonly Found[];
}

const known = new WeakMap<object, Known>();

/** Tells what the rules say of one layer. Worked out once for a layer, wherever edits elsewhere move it. */
export function layerViolations(context: RuleContext, layer: Layer, tell: (rule: Rule, violation: Violation) => void): void {
  const before = known.get(layer.core);
  if (before === undefined) {
    const found = check(context, layer);
    known.set(layer.core, { range: layer.range, found });
    for (const { rule, violation } of found) tell(rule, violation);
  } else {
    for (const [index, { rule, violation }] of before.found.entries()) tell(rule, new MovedViolation(violation, index, before.range, layer, context));
  }
}

function check(context: RuleContext, layer: Layer): readonly Found[] {
  // Of a call that is still being written nothing is certain.
  if (layer.end === undefined) return [];
  return rules.flatMap(rule => [...rule.checkLayer?.(context, layer) ?? []].map(violation => ({ rule, violation })));
}

/** A violation of a layer that stands elsewhere now. What only a closer look needs is found again when somebody takes one. */
class MovedViolation implements Violation {
  readonly range: SourceRange;
  readonly message: string;
  readonly note?: string;
  readonly severity?: Severity;
  readonly call?: SourceRange;
  private found: Violation | undefined;

  constructor({ range, message, note, severity, call }: Violation, private readonly index: number, before: SourceRange, private readonly layer: Layer, private readonly context: RuleContext) {
    const { from, cell } = layer.range;
    this.range = shifted(range, from - before.from, cell);
    this.message = message;
    if (note !== undefined) this.note = note;
    if (severity !== undefined) this.severity = severity;
    if (call !== undefined) this.call = layer.range;
  }

  get fixes(): readonly Fix[] {
    return this.again()?.fixes ?? [];
  }

  get related(): readonly Related[] {
    return this.again()?.related ?? [];
  }

  private again(): Violation | undefined {
    return this.found ??= check(this.context, this.layer)[this.index]?.violation;
  }
}
