import type {RandomStream} from "../random/index.ts";

/**
 * What an experiment is given beside its parameters: addressed randomness and
 * a place to report progress. An experiment is a pure function of both.
 */
export interface ExperimentContext {
  /** The random stream of one block of replicas of one cell. */
  readonly stream: (cell: string, block: number) => RandomStream;
  /** Reports that `done` of `total` equal pieces of work are finished. */
  readonly progress: (done: number, total: number) => void;
}
