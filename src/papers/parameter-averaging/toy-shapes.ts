import type {ToyParameters} from "./toy-parameters.ts";

/** The names of the objectives. */
export type ToyName = ToyShape["name"];

export type Bowl = Omit<ToyParameters["rippledBowl"], "stepSizes">;
export type Valley = Pick<ToyParameters["asymmetricValley"], "rightSlope" | "leftSlope">;
export type Wells = Omit<ToyParameters["twoWells"], "stepSizes">;
type Plane = Omit<ToyParameters["plane"], "stepSizes" | "pictured">;
type Noise = Pick<ToyParameters, "noise">;

/** The parameters that decide one objective and its noise. */
export type ToyShape =
  | ({readonly name: "rippled bowl"} & Noise & Bowl)
  | ({readonly name: "asymmetric valley"} & Noise & Valley)
  | ({readonly name: "two wells"} & Noise & Wells)
  | ({readonly name: "parabola"} & Noise & Pick<Bowl, "curvature">)
  | ({readonly name: "plane"} & Valley & Plane);

/** One objective at one step size. */
export interface ToyCell {
  readonly toy: ToyShape;
  readonly stepSize: number;
}

/** The objectives of E3.1 in the order of the page. */
export function toyShapes({noise, rippledBowl, asymmetricValley, twoWells, parabola, plane}: ToyParameters): readonly ToyShape[] {
  const valley = {rightSlope: asymmetricValley.rightSlope, leftSlope: asymmetricValley.leftSlope};
  return [
    {name: "rippled bowl", noise, curvature: rippledBowl.curvature, ripple: rippledBowl.ripple, waveNumber: rippledBowl.waveNumber, phase: rippledBowl.phase},
    {name: "asymmetric valley", noise, ...valley},
    {name: "two wells", noise, curvature: twoWells.curvature, distance: twoWells.distance, sharpDepth: twoWells.sharpDepth, sharpWidth: twoWells.sharpWidth, flatDepth: twoWells.flatDepth, flatWidth: twoWells.flatWidth},
    {name: "parabola", noise, curvature: parabola.curvature},
    {name: "plane", ...valley, curvature: plane.curvature, firstVariance: plane.firstVariance, secondVariance: plane.secondVariance, covariance: plane.covariance}
  ];
}

/** Every objective at every one of its step sizes, in the order of the page. */
export function toyCells(parameters: ToyParameters): readonly ToyCell[] {
  const stepSizes: Readonly<Record<ToyName, readonly number[]>> = {
    "rippled bowl": parameters.rippledBowl.stepSizes,
    "asymmetric valley": parameters.asymmetricValley.stepSizes,
    "two wells": parameters.twoWells.stepSizes,
    parabola: parameters.parabola.stepSizes,
    plane: parameters.plane.stepSizes
  };
  return toyShapes(parameters).flatMap((toy) => stepSizes[toy.name].map((stepSize) => ({toy, stepSize})));
}

/** The name of a cell, which is that of its random stream. */
export const toyCellName = ({toy, stepSize}: ToyCell): string => `toy ${toy.name} step ${stepSize}`;
