import type { BenchCase } from "./workloads.ts";
import type { Measurement } from "./measure.ts";

const greatestZ = 5;

/** Mean over the rounds of a measurement, with its standard error. */
export function pooledMean({ results }: Measurement): { readonly mean: number; readonly standardError: number } {
  const mean = results.reduce((sum, result) => sum + result.mean, 0) / results.length;
  const variance = results.reduce((sum, result) => sum + result.standardError ** 2, 0) / results.length ** 2;
  return { mean, standardError: Math.sqrt(variance) };
}

function censored({ results }: Measurement, replicas: number): { readonly mean: number; readonly standardError: number } {
  const runs = results.length * replicas;
  const mean = results.reduce((sum, { censoredShare = 0 }) => sum + censoredShare, 0) / results.length;
  const smoothed = (mean * runs + 1) / (runs + 2);
  return { mean, standardError: Math.sqrt((smoothed * (1 - smoothed)) / runs) };
}

/** z of each measurement against the exact mean or, without one, the greatest z against any other. */
export function zScores(benchCase: BenchCase, measurements: readonly Measurement[]): ReadonlyMap<string, number> {
  const measured = measurements.filter(({ results }) => results.length > 0);
  const distance = (a: { mean: number; standardError: number }, b: { mean: number; standardError: number }): number =>
    Math.abs(a.mean - b.mean) / Math.hypot(a.standardError, b.standardError);
  return new Map(
    measured.map((one) => {
      if (benchCase.exactMean !== undefined) {
        return [one.program, distance(pooledMean(one), { mean: benchCase.exactMean, standardError: 0 })];
      }
      const others = measured.filter((other) => other !== one);
      const scores = others.flatMap((other) => [
        distance(pooledMean(one), pooledMean(other)),
        distance(censored(one, benchCase.replicas), censored(other, benchCase.replicas)),
      ]);
      return [one.program, Math.max(0, ...scores)];
    }),
  );
}

/** What is wrong with the measurements of a case: failed programs, and statistics that differ. */
export function complaintsOf(benchCase: BenchCase, measurements: readonly Measurement[]): readonly string[] {
  const failures = measurements.flatMap(({ program, failure }) =>
    failure === undefined ? [] : [`${benchCase.id}, ${program}: ${failure}`],
  );
  const reference = benchCase.exactMean === undefined ? "the other programs" : `the exact ${benchCase.exactMean}`;
  const differences = [...zScores(benchCase, measurements)].flatMap(([program, z]) => {
    if (z < greatestZ) return [];
    const { mean, standardError } = pooledMean(measurements.find((one) => one.program === program)!);
    return [`${benchCase.id}, ${program}: mean ${mean} (standard error ${standardError}) is ${z.toFixed(1)} standard errors from ${reference}`];
  });
  return [...failures, ...differences];
}
