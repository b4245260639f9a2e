import {modifiedFlowTwoPointMoments, sgdTwoPointMoments} from "../../numerics/index.ts";
import type {TwoPointMoments} from "../../numerics/index.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {defectDirection, projected, regressionProblem, regressionsOf, requireContractingSteps, stepCountsInOrder} from "./regression-problem.ts";
import type {RegressionProblem} from "./regression-problem.ts";

/** Which continuous law stands for SGD. */
export type ExactLaw = "modified flow" | "gradient flow";

/** |z|² of one point, or the bilinear function along the predicted defect of two. */
export type Statistic = "one point" | "two points";

/** A weak error that is known exactly. */
export interface ExactWeakError {
  readonly problem: string;
  readonly statistic: Statistic;
  readonly law: ExactLaw;
  readonly stepSize: number;
  /** The statistic's mean under SGD and under the law. */
  readonly sgd: number;
  readonly value: number;
  readonly error: number;
}

/** Means of both statistics from the moments of a pair of points and of the first point alone. */
interface Means {
  readonly "one point": number;
  readonly "two points": number;
}

/**
 * E4.3: weak errors of the modified flow and of gradient flow against SGD on
 * finite data, from exact second moments at the horizon: |z|² from the first
 * start, which is also the modified equation's error, and the bilinear function
 * of both starts along the equation's predicted defect.
 * @throws RangeError as `stepCountsInOrder`, `requireContractingSteps` and `defectDirection`.
 */
export function exactWeakErrors({horizon, stepCounts, ...data}: Pick<FiniteDataParameters, "oneWeight" | "twoWeights" | "horizon" | "stepCounts">): readonly ExactWeakError[] {
  const counts = stepCountsInOrder("stepCounts", stepCounts);
  const regressions = regressionsOf(data);
  requireContractingSteps(regressions, horizon / counts[0]!);
  return regressions.map(regressionProblem).flatMap((problem) => {
    const meansOf = meansAlong(problem, horizon);
    return counts.flatMap((count) => {
      const stepSize = horizon / count;
      const sgd = meansOf((starts) => sgdTwoPointMoments({samples: problem.samples, stepSize, starts}, count));
      const laws: Readonly<Record<ExactLaw, Means>> = {
        "modified flow": meansOf((starts) => modifiedFlowTwoPointMoments({samples: problem.samples, stepSize, starts}, horizon)),
        "gradient flow": meansOf((starts) => modifiedFlowTwoPointMoments({samples: problem.samples, stepSize: 0, starts}, horizon))
      };
      return (["one point", "two points"] as const).flatMap((statistic) =>
        (Object.keys(laws) as ExactLaw[]).map((law): ExactWeakError => ({problem: problem.problem, statistic, law, stepSize, sgd: sgd[statistic], value: laws[law][statistic], error: Math.abs(laws[law][statistic] - sgd[statistic])}))
      );
    });
  });
}

/** How the means of both statistics follow from the moments of a law. */
export function meansAlong(problem: RegressionProblem, horizon: number): (moments: (starts: RegressionProblem["starts"]) => TwoPointMoments) => Means {
  const {direction} = defectDirection(problem, horizon);
  const [first] = problem.starts;
  return (moments) => ({
    "one point": moments([first, first]).product.reduce((sum, row, i) => sum + row[i]!, 0),
    "two points": projected(direction, moments(problem.starts).product)
  });
}
