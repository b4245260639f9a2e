import {radialFirstPassage} from "../../numerics/index.ts";
import type {PassageSlopesParameters} from "./passage-slopes-parameters.ts";
import {isotropicTailIndex} from "./isotropic-tail-index.ts";

/** The local exponent of the mean first-passage time at one level. */
export interface PassageSlope {
  readonly dimension: number;
  /** c, the level's loss over the minimum's. */
  readonly lossRatio: number;
  /** d log t_p / d log c around the level, from the exact mean times. */
  readonly slope: number;
  /** α/2 of the stationary law of the same equation; below 0 there is none. */
  readonly halfTailIndex: number;
}

const pointsADecade = 2;
const halfWidth = 10 ** 0.05;

/**
 * X1: mean first-passage times from the minimum to L = c L* of
 *
 * dX = −X dt′ + √((γ/B) (1 + |X|²)) dW,  L = (1 + |X|²)/2, t′ = γ t,
 *
 * which both papers write, by the radial equation; their local exponent
 * d log t_p / d log c against α/2, half the index of the stationary law's tail,
 * which is φ − n/2 of the escape law. The local exponent is a central
 * difference over a tenth of a decade.
 */
export function passageSlopes({stepOverBatch, dimensions, decades}: PassageSlopesParameters): readonly PassageSlope[] {
  const levels = Array.from({length: decades * pointsADecade + 1}, (_, i) => 10 ** (0.25 + (i * (decades - 0.25)) / (decades * pointsADecade)));
  return dimensions.flatMap((dimension) => {
    const variance = (r: number) => stepOverBatch * (1 + r * r);
    const radii = levels.flatMap((level) => [level / halfWidth, level * halfWidth]).map((level) => Math.sqrt(level - 1));
    const {meanTimes} = radialFirstPassage({dimension, drift: (r) => -r, radialVariance: variance, tangentialVariance: variance, radii});
    return levels.map((lossRatio, i): PassageSlope => ({
      dimension,
      lossRatio,
      slope: Math.log(meanTimes[2 * i + 1]! / meanTimes[2 * i]!) / (2 * Math.log(halfWidth)),
      halfTailIndex: isotropicTailIndex(dimension, stepOverBatch) / 2
    }));
  });
}
