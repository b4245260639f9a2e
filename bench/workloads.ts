import type { BenchRequest } from "./program.ts";

/** One row of the bench: a workload at one size, with the exact mean of its statistic where it is known. */
export interface BenchCase {
  readonly id: string;
  readonly title: string;
  readonly workload: BenchRequest["workload"];
  readonly dimension: number;
  readonly replicas: number;
  readonly steps: number;
  readonly exactMean: number | undefined;
  /** Normals a step and replica; 0 for W6, which draws indices. */
  readonly normalsPerStep: number;
}

/** E L after `steps` of homogenized SGD from 0: lambda_i = 1/i, gamma = 0.1, batch 1, L* = 1/2. */
function meanLoss(dimension: number, steps: number): number {
  const eigenvalues = Array.from({ length: dimension }, (_, i) => 1 / (i + 1));
  const loss = (variances: readonly number[]): number =>
    variances.reduce((sum, variance, i) => sum + 0.5 * eigenvalues[i] * variance, 0.5);
  let variances = eigenvalues.map(() => 0);
  for (let step = 0; step < steps; step += 1) {
    const noise = 0.02 * loss(variances);
    variances = variances.map((variance, i) => (1 - 0.1 * eigenvalues[i]) ** 2 * variance + noise * eigenvalues[i]);
  }
  return loss(variances);
}

/** E |theta|^2 after `steps` of single-sample SGD on streaming Gaussian regression from 0. */
function meanSquare(dimension: number, steps: number): number {
  const gamma = dimension >= 50 ? 0.01 : 0.1;
  const growth = 1 - 2 * gamma + gamma ** 2 * (dimension + 2);
  let value = 0;
  for (let step = 0; step < steps; step += 1) value = growth * value + gamma ** 2 * dimension;
  return value;
}

function homogenized(id: string, workload: "W1" | "W2", dimension: number, replicas: number, steps: number): BenchCase {
  const title = `homogenized SGD, d = ${dimension}, R = ${replicas.toLocaleString("en")}, ${steps.toLocaleString("en")} steps`;
  const exactMean = meanLoss(dimension, steps);
  return { id, title, workload, dimension, replicas, steps, exactMean, normalsPerStep: dimension };
}

function streaming(dimension: number): BenchCase {
  return {
    id: `W3 d=${dimension}`, title: `streaming regression SGD, d = ${dimension}, R = 10,000, 1,000 steps`, workload: "W3",
    dimension, replicas: 10_000, steps: 1_000, exactMean: meanSquare(dimension, 1_000), normalsPerStep: dimension + 1,
  };
}

/** The rows of the bench. */
export const benchCases: readonly BenchCase[] = [
  homogenized("W1", "W1", 10, 10_000, 1_000),
  homogenized("W2 d=1", "W2", 1, 10_000, 1_000),
  homogenized("W2 d=2", "W2", 2, 10_000, 1_000),
  homogenized("W2 d=50", "W2", 50, 10_000, 1_000),
  homogenized("W2 R=1e3", "W2", 10, 1_000, 1_000),
  homogenized("W2 R=1e5", "W2", 10, 100_000, 100),
  streaming(5),
  streaming(50),
  {
    id: "W4", title: "first passage of streaming SGD, d = 2, R = 10,000, at most 20,000 steps", workload: "W4",
    dimension: 2, replicas: 10_000, steps: 20_000, exactMean: undefined, normalsPerStep: 3,
  },
  {
    id: "W5", title: "double-well Langevin in float64, R = 10,000, 1,000 steps", workload: "W5",
    dimension: 1, replicas: 10_000, steps: 1_000, exactMean: undefined, normalsPerStep: 1,
  },
  {
    id: "W6", title: "mini-batch SGD on a table of 10,000 rows, d = 20, B = 10, R = 1,000, 200 steps", workload: "W6",
    dimension: 20, replicas: 1_000, steps: 200, exactMean: undefined, normalsPerStep: 0,
  },
];
