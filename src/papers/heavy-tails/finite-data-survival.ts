import {binomialInterval, studentLaw} from "../../statistics/index.ts";
import type {FiniteDataSummary} from "./finite-data-summary.ts";
import type {FiniteNorm} from "./finite-data-norms.ts";
import {drawsOf} from "./tail-sample.ts";

/** One point of a survival function P(|X − E X| > x). */
export interface FiniteSurvival {
  readonly dataSet: string;
  readonly control: boolean;
  readonly stepRatio: number;
  /** Chains, or Student's law with the index of a bound, on the scale that meets hSGD's chains at a survival of 0.1. */
  readonly law: "SGD" | "hSGD" | "lower bound" | "upper bound";
  readonly distance: number;
  readonly survival: number;
  /** 95 % interval of the measured survival; equal ends for a law. */
  readonly low: number;
  readonly high: number;
}

const anchor = 0.1;
const measuredPoints = 48;
const lawPoints = 40;

/** E2.4: survival functions of SGD and hSGD at the end of their chains, with Student's law at both bounds of the index. */
export function finiteSurvival(norms: readonly FiniteNorm[], cells: readonly FiniteDataSummary[]): readonly FiniteSurvival[] {
  return cells.flatMap((cell) => {
    const {dataSet, control, stepRatio} = cell;
    const of = (process: FiniteNorm["process"]) => norms.filter((norm) => norm.dataSet === dataSet && norm.control === control && norm.stepRatio === stepRatio && norm.process === process && norm.length === "whole");
    const common = {dataSet, control, stepRatio};
    const diffusion = of("hSGD");
    return [...measured(of("SGD")).map((point): FiniteSurvival => ({...common, law: "SGD", ...point})), ...measured(diffusion).map((point): FiniteSurvival => ({...common, law: "hSGD", ...point})), ...bounds(diffusion, cell).map((point): FiniteSurvival => ({...common, ...point}))];
  });
}

type Point = Pick<FiniteSurvival, "distance" | "survival" | "low" | "high">;

/** Points evenly spaced in the logarithm of the survival, from ½ on. */
function measured(sample: readonly FiniteNorm[]): readonly Point[] {
  const draws = drawsOf(sample);
  const byRank = sample.toSorted((a, b) => a.above - b.above);
  const wanted = Array.from({length: measuredPoints}, (_, i) => (draws / 2) ** (i / (measuredPoints - 1)));
  const chosen = new Set(wanted.map((above) => byRank.find((point) => point.above >= above)!).filter((point) => point !== undefined));
  return [...chosen].map(({above, distance}) => {
    const {low, high} = binomialInterval(above, draws);
    return {distance, survival: above / draws, low, high};
  });
}

function bounds(diffusion: readonly FiniteNorm[], {lowerBound, upperBound}: FiniteDataSummary): readonly (Point & Pick<FiniteSurvival, "law">)[] {
  const draws = drawsOf(diffusion);
  const anchored = diffusion.toSorted((a, b) => a.above - b.above).find(({above}) => above >= anchor * draws);
  if (anchored === undefined || !(lowerBound > 0)) return [];
  const least = 0.5 / draws;
  return ([["lower bound", lowerBound], ["upper bound", upperBound]] as const).flatMap(([law, degreesOfFreedom]) => {
    const standard = studentLaw({location: 0, scale: 1, degreesOfFreedom});
    const scale = anchored.distance / standard.quantile(1 - anchor / 2);
    return Array.from({length: lawPoints}, (_, i) => {
      const survival = anchor * (least / anchor) ** (i / (lawPoints - 1));
      return {law, distance: scale * -standard.quantile(survival / 2), survival, low: survival, high: survival};
    });
  });
}
