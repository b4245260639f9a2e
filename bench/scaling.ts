import { median } from "./median.ts";
import type { BenchProgram, BenchRequest } from "./program.ts";

/** Slopes of log time in log replicas and log steps over two decades, W1; 1 is linear. */
export interface Scaling {
  readonly program: string;
  readonly replicasSlope: number;
  readonly stepsSlope: number;
}

function regressionSlope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return covariance / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

async function slope(program: BenchProgram, sizes: readonly number[], request: (size: number) => BenchRequest): Promise<number> {
  const times = sizes.map((): number[] => []);
  for (const size of sizes) await program.run({ ...request(size), warm: true });
  for (let round = 0; round < 3; round += 1) {
    for (const [i, size] of sizes.entries()) times[i].push((await program.run(request(size))).seconds);
  }
  return regressionSlope(sizes.map(Math.log), times.map((seconds) => Math.log(median(seconds))));
}

/** Measures both slopes of a program on W1: R from 1,000 to 100,000 at 300 steps, 100 to 10,000 steps at R = 3,000. */
export async function measureScaling(program: BenchProgram, table: string): Promise<Scaling> {
  const base = { workload: "W1", dimension: 10, seed: 1, table, warm: false } as const;
  return {
    program: program.name,
    replicasSlope: await slope(program, [1_000, 3_200, 10_000, 32_000, 100_000], (replicas) => ({ ...base, replicas, steps: 300 })),
    stepsSlope: await slope(program, [100, 320, 1_000, 3_200, 10_000], (steps) => ({ ...base, replicas: 3_000, steps })),
  };
}
