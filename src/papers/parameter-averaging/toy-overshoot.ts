import {asymmetricValley, localMinima, lowestMinimum, noisyDescent, smoothedObjective, valleyFloor} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {Valley} from "./toy-shapes.ts";

/** How far the long average and the smoothed minimiser are from the minimum of the asymmetric valley, exactly. */
export interface ToyOvershoot {
  readonly stepSize: number;
  /** w* */
  readonly minimiser: number;
  /** v* */
  readonly smoothedMinimiser: number;
  /** E w */
  readonly mean: number;
  /** (E w − w*)/(v* − w*), 1 where long averages find v*. */
  readonly ratio: number;
  /** The same by the leading order, 1/(2η f″(w*)). */
  readonly leading: number;
}

type OvershootCell = Pick<ToyParameters, "noise"> & Valley & {readonly stepSize: number};

/** E3.1: the displacement of long averages over that of the smoothed minimiser, down to small steps. A cell is one step size. */
export const toyOvershoot = /* @__PURE__ */ defineExperiment({
  cells: ({noise, asymmetricValley: {rightSlope, leftSlope, smallSteps}}: ToyParameters) =>
    smallSteps.map((stepSize) => ({name: `step size ${stepSize}`, reads: {stepSize, noise, rightSlope, leftSlope}})),

  run({stepSize, noise, ...valley}: OvershootCell): readonly ToyOvershoot[] {
    const objective = asymmetricValley(valley);
    const {minimiser, curvature} = valleyFloor(valley);
    const law = noisyDescent({objective, stepSize, noise, around: [minimiser - 0.1, minimiser + 0.1]});
    const smoothed = smoothedObjective({objective, width: stepSize * noise});
    const smoothedMinimiser = lowestMinimum(localMinima(smoothed, law.edges[0]!, law.edges.at(-1)!)).minimiser;
    return [{stepSize, minimiser, smoothedMinimiser, mean: law.mean, ratio: (law.mean - minimiser) / (smoothedMinimiser - minimiser), leading: 1 / (2 * stepSize * curvature)}];
  }
});
