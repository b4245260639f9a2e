import type {LabelledImages} from "../../data-sets/index.ts";
import {dot, square} from "../../kernels/index.ts";
import {escapeGrowthRate, generalizedEigenvalues, instabilityThresholds} from "../../numerics/index.ts";
import {mean, studentTQuantile, variance} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {CellContext, ImageSetName} from "../experiment.ts";
import type {EscapeThresholdParameters} from "./escape-parameters.ts";
import {escapeSgd, frobeniusNorm, twoLevelSpectrum} from "./escape-sgd.ts";
import {powerSpectrum} from "./power-spectrum.ts";

/** Measured growth of the mean loss at one step size. */
export interface EscapeGrowth {
  readonly spectrum: string;
  readonly dimension: number;
  /** Step size over the exact threshold; what is measured at the paper's scale has β = 1. */
  readonly relativeStep: number;
  /** β = η‖G‖_F. */
  readonly scale: number;
  readonly stepSize: number;
  /** Growth of E L in one step, with the standard error of its logarithm and a 95 % interval. */
  readonly rate: number;
  readonly logStandardError: number;
  readonly low: number;
  readonly high: number;
  readonly exact: number;
  readonly runs: number;
  /** The exact threshold times ‖G‖_F: 1 were the paper's scale the threshold. */
  readonly thresholdScale: number;
  /** The same for aligned noise, Σ = 2L G. */
  readonly alignedThresholdScale: number;
  /** 2‖G‖_F/λ₁, where gradient descent turns unstable. */
  readonly gradientDescentScale: number;
}

/** A point of the exact growth rate over β. */
export interface GrowthCurvePoint {
  readonly spectrum: string;
  readonly scale: number;
  readonly rate: number;
}

/** Eigenvalues of (1/n) XᵀX of the images' pixels over the greatest, down to a multiple of it. */
export function imageSpectrum({count, height, width, pixels}: LabelledImages, cutOff: number): readonly number[] {
  const size = height * width;
  const moments = new Float64Array(size * size);
  for (let image = 0; image < count; image++)
    for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) moments[i * size + j]! += (pixels[image * size + i]! * pixels[image * size + j]!) / count;
  const identity = Float64Array.from({length: size * size}, (_, k) => Number(k % (size + 1) === 0));
  const descending = [...generalizedEigenvalues(moments, identity)].reverse();
  return descending.map((value) => value / descending[0]!).filter((value) => value >= cutOff);
}

/** What decides one spectrum. */
type SpectrumCell =
  | {readonly spectrum: "equal"; readonly dimension: number}
  | {readonly spectrum: "two levels"; readonly dimension: number; readonly eigenvalue: number}
  | {readonly spectrum: "digits"; readonly cutOff: number}
  | {readonly spectrum: "power"; readonly dimension: number; readonly decayExponent: number};

function spectra({dimension, twoLevelEigenvalue, decayExponent, digitsCutOff}: EscapeThresholdParameters): readonly SpectrumCell[] {
  return [
    {spectrum: "equal", dimension},
    {spectrum: "two levels", dimension, eigenvalue: twoLevelEigenvalue},
    {spectrum: "digits", cutOff: digitsCutOff},
    {spectrum: "power", dimension, decayExponent}
  ];
}

const imageSetsOf = ({spectrum}: SpectrumCell): readonly ImageSetName[] => (spectrum === "digits" ? ["digits"] : []);

/** The eigenvalues of G, sharpest first, with λ₁ = 1: all equal, of two levels, those of the digits, or a power. */
function eigenvaluesOf(cell: SpectrumCell, images: CellContext["images"]): readonly number[] {
  switch (cell.spectrum) {
    case "equal": return powerSpectrum(cell.dimension, 0);
    case "two levels": return twoLevelSpectrum(cell.eigenvalue, cell.dimension - 1);
    case "digits": return imageSpectrum(images("digits"), cell.cutOff);
    case "power": return powerSpectrum(cell.dimension, cell.decayExponent);
  }
}

/** Weights whose components grow by one factor ρ at every step, of loss 1/2: λᵢ²/(ρ − Dᵢ), Dᵢ = (1 − ηλᵢ)² + η²λᵢ². */
function growingStart(eigenvalues: readonly number[], stepSize: number, rate: number): readonly number[] {
  const components = eigenvalues.map((value) => value ** 2 / (rate - (1 - stepSize * value) ** 2 - (stepSize * value) ** 2));
  const total = components.reduce((sum, value) => sum + value, 0);
  return components.map((component, i) => Math.sqrt(component / (total * eigenvalues[i]!)));
}

type GrowthCell = SpectrumCell & Pick<EscapeThresholdParameters, "steps" | "blocks"> & {
  /** Step size over the exact threshold; null for that at the paper's scale, 1/‖G‖_F. */
  readonly relativeStep: number | null;
  /** Runs of one block. */
  readonly runs: number;
};

/**
 * E1.4: growth of the mean loss in ensembles below and above the exact threshold and at the paper's scale 1/‖G‖_F. The
 * start has the components of the recursion's growing direction, so that E L grows by exactly ρ at every step and a few
 * steps, which need no rare runs, show the rate of many. A cell is one step size on one spectrum; its row is a statistic
 * of all blocks.
 */
export const escapeGrowth = /* @__PURE__ */ defineExperiment({
  cells: (parameters: EscapeThresholdParameters) => {
    const {relativeSteps, steps, replicas, blocks} = parameters;
    return spectra(parameters).flatMap((spectrum) =>
      [...relativeSteps, null].map((relativeStep) => {
        const reads: GrowthCell = {...spectrum, relativeStep, steps, blocks, runs: Math.floor(replicas / blocks)};
        return {name: `${spectrum.spectrum} at ${relativeStep === null ? "beta = 1" : `${relativeStep} of the threshold`}`, reads, imageSets: imageSetsOf(spectrum)};
      })
    );
  },

  async run(cell: GrowthCell, {stream, ensembles, progress, images}): Promise<readonly EscapeGrowth[]> {
    const {spectrum, steps, blocks, runs} = cell;
    const eigenvalues = eigenvaluesOf(cell, images);
    const norm = frobeniusNorm(eigenvalues);
    const {meanSquare, gradientDescent} = instabilityThresholds({eigenvalues, batchSize: 1, noise: "gaussian"});
    const aligned = instabilityThresholds({eigenvalues, batchSize: 1, noise: "aligned"}).meanSquare;
    const relativeStep = cell.relativeStep ?? 1 / (meanSquare * norm);
    const stepSize = relativeStep * meanSquare;
    const exact = escapeGrowthRate({eigenvalues, stepSize, batchSize: 1, noise: "gaussian"});
    const dynamics = escapeSgd(eigenvalues.length);
    const growths: number[] = [];
    for (let block = 0; block < blocks; block++) {
      const {sums, counts} = await ensembles.simulate(dynamics, {
        parameters: {labelNoise: 0, spectrum: [...eigenvalues], stepSize, initialWeights: [...growingStart(eigenvalues, stepSize, exact)]},
        key: stream(`growth for ${spectrum} at ${relativeStep}`, block).ensembleKey(),
        replicas: runs,
        steps,
        every: steps,
        samples: "sums",
        observe: ({weights}, {parameters: bound}) => ({total: dot(bound.spectrum, square(weights))})
      });
      growths.push(sums.total![0]! / counts[0]!);
      progress(block + 1, blocks);
    }
    const growth = mean(growths);
    const rate = growth ** (1 / steps);
    const logStandardError = Math.sqrt(variance(growths) / blocks) / (growth * steps);
    const width = Math.exp(studentTQuantile(0.975, blocks - 1) * logStandardError);
    return [{spectrum, dimension: eigenvalues.length, relativeStep, scale: stepSize * norm, stepSize, rate, logStandardError, low: rate / width, high: rate * width, exact, runs: runs * blocks, thresholdScale: meanSquare * norm, alignedThresholdScale: aligned * norm, gradientDescentScale: gradientDescent * norm}];
  }
});

const curvePoints = 240;

/** The exact growth rate of E L over β = η‖G‖_F from 0.05 to 2; a cell is one spectrum. */
export const growthCurves = /* @__PURE__ */ defineExperiment({
  cells: (parameters: EscapeThresholdParameters) => spectra(parameters).map((reads) => ({name: reads.spectrum, reads, imageSets: imageSetsOf(reads)})),

  run(cell: SpectrumCell, {images}): readonly GrowthCurvePoint[] {
    const eigenvalues = eigenvaluesOf(cell, images);
    return Array.from({length: curvePoints}, (_, i) => {
      const scale = 0.05 * 40 ** (i / (curvePoints - 1));
      return {spectrum: cell.spectrum, scale, rate: escapeGrowthRate({eigenvalues, stepSize: scale / frobeniusNorm(eigenvalues), batchSize: 1, noise: "gaussian"})};
    });
  }
});
