import type {Ensembles} from "../kernels/index.ts";
import type {RandomStream} from "../random/index.ts";

/**
 * What an experiment is given beside its parameters: addressed randomness,
 * what runs ensembles, and a place to report progress. Its rows are a function
 * of the parameters and the streams alone.
 */
export interface ExperimentContext {
  /** The random stream of one block of replicas of one cell. */
  readonly stream: (cell: string, block: number) => RandomStream;
  /** Runs ensembles of small recursions; the key of their random numbers is a stream's ensembleKey. */
  readonly ensembles: Ensembles;
  /** Reports that `done` of `total` equal pieces of work are finished. */
  readonly progress: (done: number, total: number) => void;
}
