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
/** And more layers made at one. */
export const mostRecorded = mostInstances * 4;

/** Collects what one piece of work meets, call by call. */
export class Recorder {
  private readonly calls = new Map<CallExpression, Recorded[]>();
  private readonly applications = new Map<Recorded, Application[]>();

  record(call: CallExpression, recorded: Recorded): void {
    if (recorded.mode === 'rehearsal') return;
    const all = this.calls.get(call);
    if (all === undefined) this.calls.set(call, [recorded]);
    else if (all.length < mostRecorded) all.push(recorded);
  }

  /** The layer has been given an input. */
  apply(recorded: Recorded, application: Application): void {
    if (!application.outputSizeGiven && application.input === undefined && application.applied.output === undefined && application.applied.problems.length === 0) return;
    const all = this.applications.get(recorded);
    if (all === undefined) this.applications.set(recorded, [application]);
    else if (all.length < mostInstances) all.push(application);
  }

  /** The calls of which it holds something. */
  get known(): ReadonlySet<CallExpression> {
    const calls = new Set(this.calls.keys());
    for (const { call } of this.applications.keys()) if (call !== undefined) calls.add(call);
    return calls;
  }

  /** The layers that a call has made. */
  madeAt(call: CallExpression): readonly Recorded[] {
    return this.calls.get(call) ?? [];
  }

  /** The inputs that a layer has been given. */
  applicationsOf(recorded: Recorded): readonly Application[] {
    return this.applications.get(recorded) ?? [];
  }
}
