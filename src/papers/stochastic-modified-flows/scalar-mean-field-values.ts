import {scalarMeanFieldFlow, scalarMeanFieldSgd} from "../../numerics/index.ts";
import type {FlowCorrection} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {MeanFieldScalarParameters} from "./mean-field-parameters.ts";

/** Which equation stands for SGD on a mean-field network. */
export type MeanFieldVariant = "full flow" | "without Lions term" | "without correction" | "mean-field limit";

/** A mean at the horizon, without any sampling. */
export interface ScalarMeanFieldValue {
  readonly process: "SGD" | MeanFieldVariant;
  /** Steps of SGD in the horizon; null for the limit, which has no step size. */
  readonly steps: number | null;
  /** E 1/(1 + m_T). */
  readonly value: number;
  /** What halving the grid moved it by. */
  readonly numericalError: number;
}

/** One process at one step size. */
type ValueCell = Pick<MeanFieldScalarParameters, "data" | "horizon" | "start"> & Pick<ScalarMeanFieldValue, "process" | "steps">;

/** The equations that stand for SGD, in the order of the tables, each with its correction of order η. */
export const scalarVariants: Readonly<Record<MeanFieldVariant, FlowCorrection>> = {"full flow": "full", "without Lions term": "without Lions term", "without correction": "none", "mean-field limit": "none"};

/** 1/(1 + m). */
export const scalarStatistic = (m: number): number => 1 / (1 + m);

/**
 * E4.4: E 1/(1 + m_T), m = ∫θ²dΓ, of SGD on f(x; Γ) = ∫θ²x Γ(dθ), one sample a
 * step, and of what stands for it: the distribution-dependent flow, the same
 * without the Lions term, without the whole correction of order η, and the
 * deterministic mean-field limit; by exact operators.
 * @throws RangeError for a step after which m may be negative.
 */
export const scalarMeanFieldValues = /* @__PURE__ */ defineExperiment({
  cells({data, horizon, start, stepCounts}: MeanFieldScalarParameters) {
    const processes = ["SGD", ...(Object.keys(scalarVariants) as MeanFieldVariant[])] as const;
    return processes.flatMap((process) => (process === "mean-field limit" ? [null] : stepCounts).map((steps) => ({name: steps === null ? process : `${process}, steps ${steps}`, reads: {data, horizon, start, process, steps}})));
  },

  run({data, horizon, start, process, steps}: ValueCell): readonly ScalarMeanFieldValue[] {
    const stepSize = steps === null ? 0 : horizon / steps;
    const {value, error} = process === "SGD" ? scalarMeanFieldSgd({data, stepSize, steps: steps!, start, statistic: scalarStatistic}) : scalarMeanFieldFlow({data, stepSize, horizon, start, statistic: scalarStatistic, correction: scalarVariants[process]});
    return [{process, steps, value, numericalError: error}];
  }
});
