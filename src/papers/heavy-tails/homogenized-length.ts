import {homogenizedTailIndex} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import {chainSteps} from "./chain-steps.ts";

/** Steps of SGD for which hSGD is run, as chainSteps. @throws RangeError where hSGD has no stationary law. */
export function homogenizedLength(sgd: HomogenizedSgd, relaxationTimes: number, draws: number): number {
  return chainSteps({index: homogenizedTailIndex(sgd), slowestRate: sgd.stepSize * (Math.min(...sgd.eigenvalues) + sgd.ridge), relaxationTimes, draws});
}
