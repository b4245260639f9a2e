import type {LaneProgram} from "../lane-program.ts";

/** Replicas side by side: `groups` vectors of `width` lanes. */
export interface LaneShape {
  readonly width: number;
  readonly groups: number;
}

export interface LoweredKernel {
  readonly program: LaneProgram;
  /** Replicas side by side. */
  readonly lanes: number;
  /** Bytes of memory that a call needs for itself. */
  readonly scratchBytes: number;
}
