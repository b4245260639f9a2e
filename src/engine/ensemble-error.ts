import type {Block} from "../kernels/index.ts";

/** A block of replicas that could not be computed, and why. */
export interface FailedBlock {
  readonly block: Block;
  readonly reason: string;
}

const blocksOf = (count: number) => (count === 1 ? "1 block" : `${count} blocks`);

/** Some blocks of an ensemble failed; the others were finished. */
export class EnsembleError extends Error {
  override readonly name = "EnsembleError";
  /** In the order of the replicas. */
  readonly failures: readonly FailedBlock[];
  /** Results of the blocks that were finished, by the number of their first replica. */
  readonly finished: ReadonlyMap<number, unknown>;

  constructor(dynamics: string, failures: readonly FailedBlock[], finished: ReadonlyMap<number, unknown>) {
    const sorted = [...failures].sort((a, b) => a.block.first - b.block.first);
    const [{block, reason}] = sorted as unknown as readonly [FailedBlock];
    const others = sorted.length === 1 ? "" : ` and ${blocksOf(sorted.length - 1)} more`;
    super(`${dynamics}: replicas ${block.first} to ${block.first + block.count - 1}${others} failed: ${reason}; ${blocksOf(finished.size)} finished`);
    this.failures = sorted;
    this.finished = finished;
  }
}
