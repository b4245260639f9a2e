import type { BenchCase } from "./workloads.ts";
import type { BenchProgram, BenchRequest, BenchResult } from "./program.ts";

/** The runs of one program on one case, or why there are none. */
export interface Measurement {
  readonly program: string;
  readonly results: readonly BenchResult[];
  readonly warmup: number | undefined;
  readonly failure: string | undefined;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The request of a case. */
export function requestOf(benchCase: BenchCase, seed: number, table: string, warm = false): BenchRequest {
  const { workload, dimension, replicas, steps } = benchCase;
  return { workload, dimension, replicas, steps, seed, table, warm };
}

/**
 * Runs every program on a case: a warm-up each, then `rounds` rounds in which the programs take turns, each
 * round from another first one. Rounds are the seeds 1, 2, ... A program that fails is left out from there on.
 */
export async function measureCase(
  benchCase: BenchCase,
  programs: readonly BenchProgram[],
  rounds: number,
  table: string,
): Promise<readonly Measurement[]> {
  const able = programs.filter(({ workloads }) => workloads?.includes(benchCase.workload) ?? true);
  const records = able.map((program) => ({
    program,
    results: [] as BenchResult[],
    warmup: undefined as number | undefined,
    failure: undefined as string | undefined,
  }));
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < records.length; turn += 1) {
      const record = records[(round + turn) % records.length];
      if (record.failure !== undefined) continue;
      try {
        await pause(20);
        const result = await record.program.run(requestOf(benchCase, Math.max(1, round), table, round === 0));
        if (round === 0) record.warmup = result.warmup;
        else record.results.push(result);
      } catch (error) {
        record.failure = (error as Error).message;
      }
    }
  }
  return records.map((record) => ({ ...record, program: record.program.name }));
}
