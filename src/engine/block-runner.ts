/** A kernel's memory and its calls, whatever runs them. */
export interface KernelJob {
  readonly bytes: number;
  readonly inputs: Uint8Array<ArrayBuffer>;
  readonly argumentsAddress: number;
  readonly resultsAddress: number;
}

/** Runs the blocks of one job, several at once. */
export interface BlockRunner {
  /** The bytes of the results of the block with these arguments. */
  run(callArguments: Int32Array<ArrayBuffer>): Promise<Uint8Array>;
  /** Lets go of the job's memory, when no block is running. */
  close(): void;
}
