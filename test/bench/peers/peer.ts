import { type Values } from '../../../src/kernel/convolutionGeometry';
import { type Workload } from '../workloads';

/** One layer made ready by somebody. */
export interface Runner {
  /** From an input outside to a result outside, as an application would use it. */
  run(): Values | Promise<Values>;
  dispose(): void;
}

/** The tensors of a workload in the kernel's layout. */
export interface Tensors {
  readonly input: Float32Array;
  readonly weights: Float32Array;
}

/** Somebody who computes transposed convolutions. */
export interface Peer {
  readonly name: string;
  /** @returns undefined for a layer that it does not have. */
  prepare(workload: Workload, tensors: Tensors): Promise<Runner | undefined>;
  /** Results come as `[batch, ...size, channels]`. */
  readonly channelsLast?: boolean;
  /** Crop on the left that it computes with instead of the workload's, where it knows only "same". */
  cropLeft?(workload: Workload): readonly number[];
}
