import type {Block, Value} from "../../kernels/index.ts";
import type {Tensor} from "../../tensors/index.ts";

/** A draw of all replicas, by its place in a run. */
export interface DrawRequest {
  /** The draw in the graph of the dynamics. */
  readonly value: Value;
  /** Number of the step, undefined in the start. */
  readonly step: number | undefined;
  /** Number of the draw among those of its start or step, in the order of tracing. */
  readonly draw: number;
  /** How often the draw was evaluated before in its start or step: more than once in a repeatSum. */
  readonly evaluation: number;
  readonly replicas: Block;
  /** For the row of a table, the table's number of rows, and how many each replica has drawn before. */
  readonly table?: {readonly name: string; readonly rows: number; readonly drawn: number};
}

/** Where a tensor program takes its random numbers from. */
export interface TensorDraws {
  /** A new tensor: float32 (replicas, length of the value), or int32 (replicas) of row numbers. */
  draw(request: DrawRequest): Tensor;
  /** Gives up what is kept between draws. */
  dispose(): void;
}
