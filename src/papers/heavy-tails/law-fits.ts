import {goodnessOfFit, heldOutLikelihood, kolmogorovSmirnov, likelihoodDifference, normalQuantile, sortedQuantile} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import type {LawFitsParameters} from "./finite-data-parameters.ts";
import {dataSetNames} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {familyOf, lawFamilies} from "./law-families.ts";
import type {CoordinateLaw, LawName} from "./law-families.ts";
import {positionsOf} from "./tested-draws.ts";
import type {TestedDraw} from "./tested-draws.ts";

/** A law fitted to one coordinate of SGD, with what other chains and tests say of it. */
export interface LawFit {
  readonly dataSet: DataSetName;
  readonly law: LawName;
  readonly tailIndex: number | null;
  readonly skewness: number | null;
  readonly location: number;
  readonly scale: number;
  /** −2 log likelihood + 2 × parameters, on the draws that it was fitted to. */
  readonly aic: number;
  /** Mean log likelihood of a held-out draw. */
  readonly heldOut: number;
  /** The same less Student's, over the same held-out draws, with its 95 % interval; 0 for Student's. */
  readonly difference: number;
  readonly differenceLow: number;
  readonly differenceHigh: number;
  /** Kolmogorov–Smirnov distance of the fitted draws, with the tabulated p-value that takes the law for known. */
  readonly distance: number;
  readonly tabulatedPValue: number;
  /** p-values by parametric bootstrap with a refit in every sample; null for laws that are not tested. */
  readonly distancePValue: number | null;
  readonly andersonDarlingPValue: number | null;
  /** The greatest distance between two laws at which the test rejects with chance 0.8 at level 0.05. */
  readonly detectableDistance: number | null;
  readonly fitted: number;
  readonly heldOutDraws: number;
  readonly total: number;
}

const testedLaws: readonly LawName[] = ["Student", "stable"];
const level = 0.05;
const power = 0.8;

/** A law on one data set; bootstrap samples of its test, null where it is not tested. */
interface FittedLawCell extends Pick<LawFit, "dataSet" | "law"> {
  readonly resamples: number | null;
}

/**
 * E2.4: four families of laws fitted to independent draws, compared on as many held-out ones by paired differences of
 * log densities, and Student's and the stable one tested for goodness of fit. A cell is one law on one data set; its
 * draws are the tested ones of that data set.
 *
 * At the point of greatest difference Δ between two laws the empirical distribution errs by at most 1/(2√n), so that
 * a test with the critical distance c rejects with chance 0.8 from about Δ = c + 0.84/(2√n) on.
 */
export const lawFits = /* @__PURE__ */ defineExperiment({
  cells: ({resamples}: LawFitsParameters) =>
    dataSetNames.flatMap((dataSet) => lawFamilies.map(({name}): Cell<FittedLawCell> => ({name: `${dataSet}, ${name}`, reads: {dataSet, law: name, resamples: testedLaws.includes(name) ? resamples : null}, rows: [{dataSet}]}))),

  run({dataSet, law: name, resamples}: FittedLawCell, {stream, progress}, [draws]: readonly [readonly TestedDraw[]]): readonly LawFit[] {
    const [values, others] = [positionsOf(draws, dataSet, "fit"), positionsOf(draws, dataSet, "held out")];
    const family = familyOf(name);
    const [student, held] = heldOutLikelihood([familyOf("Student"), family], {training: values, heldOut: others});
    const law = held!.law as CoordinateLaw;
    const {tailIndex, skewness, location, scale} = law;
    const {estimate: difference, interval} = likelihoodDifference(held!, student!);
    const {statistic: distance, pValue: tabulatedPValue} = kolmogorovSmirnov(values, law.cdf);
    const test = resamples === null ? null : goodnessOfFit({values, family, resamples, random: stream(`goodness of fit, ${dataSet}, ${name}`, 0).generator("bootstrap"), onResample: (done) => progress(done, resamples)});
    return [
      {
        dataSet,
        law: name,
        tailIndex,
        skewness,
        location,
        scale,
        aic: held!.akaike,
        heldOut: held!.meanLogLikelihood.estimate,
        difference,
        differenceLow: interval.low,
        differenceHigh: interval.high,
        distance,
        tabulatedPValue,
        distancePValue: test?.kolmogorovSmirnov.pValue ?? null,
        andersonDarlingPValue: test?.andersonDarling.pValue ?? null,
        detectableDistance: test === null ? null : sortedQuantile(test.kolmogorovSmirnov.resampled, 1 - level) + normalQuantile(power) / (2 * Math.sqrt(values.length)),
        fitted: values.length,
        heldOutDraws: others.length,
        total: draws.length
      }
    ];
  }
});
