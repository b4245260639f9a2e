import {asymmetricValley, localMinima, lowestMinimum, noisyDescent, smoothedObjective, valleyFloor} from "../../numerics/index.ts";
import type {ToyParameters} from "./toy-parameters.ts";

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

/** E3.1: the displacement of long averages over that of the smoothed minimiser, down to small steps. */
export function toyOvershoot({noise, asymmetricValley: valley}: ToyParameters): readonly ToyOvershoot[] {
  const objective = asymmetricValley(valley);
  const {minimiser, curvature} = valleyFloor(valley);
  const around = [minimiser - 0.1, minimiser + 0.1] as const;
  return valley.smallSteps.map((stepSize): ToyOvershoot => {
    const law = noisyDescent({objective, stepSize, noise, around});
    const smoothed = smoothedObjective({objective, width: stepSize * noise});
    const smoothedMinimiser = lowestMinimum(localMinima(smoothed, law.edges[0]!, law.edges.at(-1)!)).minimiser;
    return {stepSize, minimiser, smoothedMinimiser, mean: law.mean, ratio: (law.mean - minimiser) / (smoothedMinimiser - minimiser), leading: 1 / (2 * stepSize * curvature)};
  });
}
