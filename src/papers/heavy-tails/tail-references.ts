import {homogenizedTailIndex, homogenizedTailIndexBounds, isotropicKestenIndex, planarKestenIndex} from "../../numerics/index.ts";
import type {HomogenizedSgd, TailIndex} from "../../numerics/index.ts";

function kestenIndex({eigenvalues, ...step}: HomogenizedSgd): TailIndex | null {
  const [first, second] = eigenvalues;
  if (eigenvalues.every((value) => value === first)) return isotropicKestenIndex({dimension: eigenvalues.length, curvature: first!, ...step});
  return eigenvalues.length === 2 ? planarKestenIndex({eigenvalues: [first!, second!], ...step}) : null;
}

/** What is true of SGD on one design. */
export interface KestenReference {
  /** Kesten's index of SGD; null where SGD has no stationary law or the index is not known. */
  readonly kesten: number | null;
  /** SGD's Lyapunov exponent per step, not negative where it diverges; null where it is not known. */
  readonly lyapunovExponent: number | null;
}

/** Kesten's index of SGD on fresh Gaussian inputs: known of any isotropic design and of two dimensions. */
export function kestenReference(sgd: HomogenizedSgd): KestenReference {
  const found = kestenIndex(sgd);
  return {kesten: found?.index ?? null, lyapunovExponent: found?.lyapunovExponent ?? null};
}

/** What hSGD says of one design, and what is true of SGD. */
export interface TailReferences extends KestenReference {
  /** η_* and η^*: what the paper's theory says of the tail index. */
  readonly lowerBound: number;
  readonly upperBound: number;
  /** The exact index of hSGD. */
  readonly homogenized: number;
}

/** References of one design. @throws RangeError where hSGD has no stationary law, with the step size. */
export function tailReferences(sgd: HomogenizedSgd): TailReferences {
  const homogenized = homogenizedTailIndex(sgd);
  if (homogenized.kind !== "power law") throw new RangeError(`stepSize: expected one at which hSGD has a tail index, found ${sgd.stepSize}: ${homogenized.reason}`);
  const {lower, upper} = homogenizedTailIndexBounds(sgd);
  return {lowerBound: lower, upperBound: upper, homogenized: homogenized.index, ...kestenReference(sgd)};
}
