import {dot, sqrt, square, sub} from "../../kernels/index.ts";
import {escapeComponents} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {CellContext} from "../experiment.ts";
import type {EscapeParameters} from "./escape-parameters.ts";
import {escapeSgd, evenStart, frobeniusNorm, twoLevelSpectrum} from "./escape-sgd.ts";
import {initialComponents} from "./escape-summary.ts";
import {sharpPart} from "./sharp-part.ts";

/** A point of one path in the plane of the sharp and the flat part. */
export interface EscapePoint {
  /** `SGD` or `gradient descent` */
  readonly method: string;
  /** The run, 0 for gradient descent. */
  readonly run: number;
  readonly step: number;
  /** √λ₁|w₁| over the start's. */
  readonly sharp: number;
  /** √Σ_{i>1}λᵢwᵢ² over the start's. */
  readonly flat: number;
  /** The growth of the loss at which paths end. */
  readonly target: number;
}

const mostSteps = 400;

function untilGrown(points: readonly EscapePoint[]): readonly EscapePoint[] {
  const end = points.findIndex(({sharp, flat, target}) => (sharp ** 2 + flat ** 2) / 2 >= target);
  return end < 0 ? points : points.slice(0, end + 1);
}

/** What every path reads. */
type PathParameters = Pick<EscapeParameters, "flatEigenvalue" | "flatDirections" | "start" | "picturedGrowth">;

type PathCell = PathParameters & ({readonly method: "SGD"; readonly scale: number} | ({readonly method: "gradient descent"} & Pick<EscapeParameters, "gradientDescentStep">));

/** Gradient descent from the start with equal parts until its loss has grown as asked. */
export function gradientDescentPath({flatEigenvalue, flatDirections, gradientDescentStep, picturedGrowth, start}: PathParameters & Pick<EscapeParameters, "gradientDescentStep">): readonly EscapePoint[] {
  const eigenvalues = twoLevelSpectrum(flatEigenvalue, flatDirections);
  const path = escapeComponents({eigenvalues, stepSize: gradientDescentStep, batchSize: 1, noise: "none"}, initialComponents(eigenvalues, start), mostSteps);
  const points = path.map(([sharp, ...flat], step) => ({method: "gradient descent", run: 0, step, sharp: Math.sqrt(sharp!) / start, flat: Math.sqrt(flat.reduce((sum, value) => sum + value, 0)) / start, target: picturedGrowth}));
  return untilGrown(points);
}

async function sgdPaths({flatEigenvalue, flatDirections, start, picturedGrowth}: PathParameters, scale: number, {stream, ensembles, replicas}: CellContext): Promise<readonly EscapePoint[]> {
  const spectrum = twoLevelSpectrum(flatEigenvalue, flatDirections);
  const {samples} = await ensembles.simulate(escapeSgd(spectrum.length), {
    parameters: {labelNoise: 0, spectrum: [...spectrum], stepSize: scale / frobeniusNorm(spectrum), initialWeights: [...evenStart(spectrum, start)]},
    key: stream("paths of escape", 0).ensembleKey(),
    replicas,
    steps: mostSteps,
    observe: ({weights}, {parameters: bound}) => {
      const sharp = sharpPart(bound.spectrum, weights, 1);
      return {sharp: sqrt(sharp), flat: sqrt(sub(dot(bound.spectrum, square(weights)), sharp))};
    }
  });
  return Array.from({length: replicas.count}, (_, i) => {
    const at = (name: string, step: number) => samples[name]![(step - 1) * replicas.count + i]! / start;
    const points = Array.from({length: mostSteps + 1}, (_, step): EscapePoint => ({method: "SGD", run: replicas.first + i, step, sharp: step === 0 ? 1 : at("sharp", step), flat: step === 0 ? 1 : at("flat", step), target: picturedGrowth}));
    return untilGrown(points);
  }).flat();
}

/**
 * E1.4: single runs of SGD at the scale β nearest to 1.1, and gradient descent, until their losses have grown alike. The
 * cells are the two methods; a replica of SGD is a run.
 */
export const escapePaths = /* @__PURE__ */ defineExperiment({
  cells: (parameters: EscapeParameters) => {
    const {flatEigenvalue, flatDirections, start, picturedGrowth, gradientDescentStep, pictured} = parameters;
    const [shared, scale] = [{flatEigenvalue, flatDirections, start, picturedGrowth}, picturedScale(parameters)];
    return [
      {name: `SGD at beta = ${scale}`, reads: {method: "SGD", scale, ...shared} as PathCell, replicas: pictured},
      {name: `gradient descent at step size ${gradientDescentStep}`, reads: {method: "gradient descent", gradientDescentStep, ...shared} as PathCell}
    ];
  },

  run: async (cell: PathCell, context) => (cell.method === "SGD" ? sgdPaths(cell, cell.scale, context) : gradientDescentPath(cell))
});

/** The scale β, of those of the ensembles, at which runs are drawn: the nearest to 1.1. */
export const picturedScale = ({scales}: Pick<EscapeParameters, "scales">): number => [...scales].sort((a, b) => Math.abs(a - 1.1) - Math.abs(b - 1.1))[0]!;
