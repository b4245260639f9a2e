import type {LaneProgram} from "../lane-program.ts";

export interface LoweredKernel {
  readonly program: LaneProgram;
  /** Bytes of memory that a call needs for itself. */
  readonly scratchBytes: number;
}
