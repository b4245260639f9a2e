import type {Block} from "../kernels/index.ts";

/** A block of replicas that could not be computed, and why. */
export interface FailedBlock {
  readonly block: Block;
  readonly reason: string;
}

/** Some blocks of an ensemble failed; the others were finished. */
export class EnsembleError extends Error {
  override readonly name = "EnsembleError";
  readonly failures: readonly FailedBlock[];
  /** Results of the blocks that were finished, by the number of their first replica. */
  readonly finished: ReadonlyMap<number, unknown>;

  constructor(dynamics: string, failures: readonly FailedBlock[], finished: ReadonlyMap<number, unknown>) {
    const [{block, reason}] = failures as readonly [FailedBlock];
    const others = failures.length === 1 ? "" : `, and ${failures.length - 1} more blocks`;
    super(`${dynamics}: replicas ${block.first} to ${block.first + block.count - 1}${others} failed: ${reason}; the other ${finished.size} blocks were finished`);
    this.failures = failures;
    this.finished = finished;
  }
}
