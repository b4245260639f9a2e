/** One run of a workload. Float32 unless the workload says float64; replicas are independent. */
export interface BenchRequest {
  readonly workload: "W1" | "W2" | "W3" | "W4" | "W5" | "W6";
  readonly dimension: number;
  readonly replicas: number;
  readonly steps: number;
  readonly seed: number;
  /** File of the rows of W6: little-endian float32, 20 features and a label a row. */
  readonly table: string;
  /** A run that is not counted: what a program compiles for this workload, it compiles now. */
  readonly warm: boolean;
}

/** `seconds` of wall time without compilation; mean over replicas of the statistic (W4: crossing step, the greatest where censored). */
export interface BenchResult {
  readonly seconds: number;
  readonly mean: number;
  readonly standardError: number;
  /** W4: share of replicas that did not cross. */
  readonly censoredShare?: number | undefined;
  /** Seconds of compilation and first run, where this request caused them. */
  readonly warmup?: number | undefined;
}

/** A program of the bench: ours, a peer, or the hand-written limit. */
export interface BenchProgram {
  readonly name: string;
  run(request: BenchRequest): Promise<BenchResult>;
  close(): Promise<void>;
  /** Workloads that it has; all if absent. */
  readonly workloads?: readonly BenchRequest["workload"][];
  /** Packages and their versions, for the record. */
  readonly versions?: Readonly<Record<string, string>>;
  /** A peer whose vector code, generator and elementary functions are written by hand, as no library gives them. */
  readonly handVectorized?: boolean;
  /** Whether the slopes of its time in replicas and steps are measured. */
  readonly scaling?: boolean;
  /** Peak bytes of one run's own memory; expected not to depend on steps. */
  peakMemory?(request: BenchRequest): Promise<number>;
  /** Milliseconds from the step's definition to the code of a kernel. */
  traceAndEmit?(request: BenchRequest): Promise<number>;
}
