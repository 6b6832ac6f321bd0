import type { Shape } from '../frameworks/argument';
import type { Applied, Reading } from '../frameworks/api';
import type { Mode } from '../python/machine';
import type { CallExpression } from '../python/syntax';
import type { Provenance } from './values';

/** One layer object made at a call, and the inputs that it met. */
export interface Recorded {
  readonly reading: Reading;
  /** The call that made it, where it was made by one. */
  readonly call: CallExpression | undefined;
  readonly assumed: readonly string[];
  readonly path: readonly CallExpression[];
  readonly mode: Mode;
  /** With the input that a comment gives, for a layer that is applied nowhere. */
  readonly declared?: Application | undefined;
}

export interface Application {
  readonly input: Shape | undefined;
  readonly origin: Provenance | undefined;
  readonly applied: Applied;
  /** PyTorch's `layer(x, output_size=…)`. */
  readonly outputSizeGiven: boolean;
}

/** More instances of one call than people can read; the rest are dropped. */
export const mostInstances = 64;

/** Collects what the interpreter meets, call by call. */
export class Recorder {
  private readonly calls = new Map<CallExpression, Recorded[]>();
  private readonly applications = new Map<Recorded, Application[]>();

  record(call: CallExpression, recorded: Recorded): void {
    if (recorded.mode === 'rehearsal') return;
    const all = this.calls.get(call);
    if (all === undefined) this.calls.set(call, [recorded]);
    else if (all.length < mostInstances * 4) all.push(recorded);
  }

  /** The layer has been given an input. */
  apply(recorded: Recorded, application: Application): void {
    if (!application.outputSizeGiven && application.input === undefined && application.applied.output === undefined && application.applied.problems.length === 0) return;
    const all = this.applications.get(recorded);
    if (all === undefined) this.applications.set(recorded, [application]);
    else if (all.length < mostInstances) all.push(application);
  }

  /** Takes over what another has collected. */
  add(other: Recorder): void {
    for (const [call, all] of other.calls) for (const recorded of all) this.record(call, recorded);
    for (const [recorded, all] of other.applications) for (const application of all) this.apply(recorded, application);
  }

  /** The calls, with the layers that each has made, in the order in which they were met. */
  all(): Iterable<readonly [CallExpression, readonly Recorded[]]> {
    return this.calls;
  }

  /** The inputs that a layer has been given. */
  applicationsOf(recorded: Recorded): readonly Application[] {
    return this.applications.get(recorded) ?? [];
  }
}
