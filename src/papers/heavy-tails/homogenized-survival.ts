import {homogenizedTailIndexBounds} from "../../numerics/index.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import type {CellTailPoint} from "./homogenized-tails.ts";
import {studentSurvival, survivalOf} from "./tail-survival.ts";
import type {SurvivalRow} from "./tail-survival.ts";

/** A point of hSGD's survival function beside those of Student's laws with the index at either bound. */
export interface HomogenizedSurvivalRow extends SurvivalRow {
  readonly cell: string;
  /** Student with η_* degrees of freedom, and with η^*. */
  readonly studentLower: number;
  readonly studentUpper: number;
}

/** E2.1: the survival functions of the cells, as the paper's figure 1 (g–i) draws them. */
export function homogenizedSurvival(points: readonly CellTailPoint[], {cells}: Pick<HomogenizedTailsParameters, "cells">): readonly HomogenizedSurvivalRow[] {
  return cells.flatMap((cell) => {
    const sample = points.filter((point) => point.cell === cell.name && point.variant === "as fixed");
    const {lower, upper} = homogenizedTailIndexBounds(cell);
    const [atLower, atUpper] = [studentSurvival(sample, Math.max(lower, 0.1)), studentSurvival(sample, upper)];
    return survivalOf(sample, 60).map((row): HomogenizedSurvivalRow => ({cell: cell.name, ...row, studentLower: atLower(row.distance), studentUpper: atUpper(row.distance)}));
  });
}
