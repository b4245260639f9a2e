import {defineExperiment} from "../experiment.ts";
import type {FirstPassageParameters} from "./parameters.ts";
import {referenceCells, referenceRows} from "./passage-references.ts";
import type {PassageReferenceRow} from "./passage-references.ts";

/** A point of a reference curve of the mean first-passage time. */
export type PassageCurvePoint = Omit<PassageReferenceRow, "gridError">;

const curvePoints = 24;

function curveLevels(lossRatios: readonly number[]): readonly number[] {
  const [lowest, highest] = [Math.min(...lossRatios) ** 0.9, Math.max(...lossRatios) ** 1.1];
  return Array.from({length: curvePoints}, (_, i) => lowest * (highest / lowest) ** (i / (curvePoints - 1)));
}

/** E0.3: the exact mean first-passage times on a log-spaced range of loss ratios a little wider than the measured one. */
export const passageCurves = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FirstPassageParameters) => referenceCells(parameters, curveLevels(parameters.lossRatios)),
  run: (cell: Parameters<typeof referenceRows>[0]): readonly PassageCurvePoint[] => referenceRows(cell).map(({gridError: _, ...point}) => point)
});
