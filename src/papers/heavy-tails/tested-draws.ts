import type {FiniteDraw} from "./finite-data-draws.ts";
import type {LawFitsParameters} from "./finite-data-parameters.ts";
import type {DataSetName} from "./finite-data-sets.ts";

/** What a draw serves: laws are fitted to it, or compared on it. */
export type DrawUse = "fit" | "held out";

/** A draw at the step ratio that is tested. */
export interface TestedDraw extends FiniteDraw {
  readonly use: DrawUse;
}

/**
 * E2.4: the draws at the step ratio that is tested, the first half of the chains of each data set to be fitted and the
 * others held out. Chains at other step ratios do not show in what is fitted.
 * @throws RangeError for a step ratio that no draws have.
 */
export function testedDraws(draws: readonly FiniteDraw[], {testedRatio}: Pick<LawFitsParameters, "testedRatio">): readonly TestedDraw[] {
  const tested = draws.filter(({stepRatio}) => stepRatio === testedRatio);
  if (tested.length === 0) throw new RangeError(`testedRatio: expected one of the step ratios ${[...new Set(draws.map(({stepRatio}) => stepRatio))].join(", ")} of finiteData, found ${testedRatio}`);
  const chains = tested.reduce((most, {chain}) => Math.max(most, chain + 1), 0);
  return tested.map((draw) => ({...draw, use: draw.chain < chains / 2 ? "fit" : "held out"}));
}

/** The draws of one data set that serve one use; those that diverged are left out. */
export function positionsOf(draws: readonly TestedDraw[], dataSet: DataSetName, use: DrawUse): Float64Array {
  return Float64Array.from(draws.flatMap((draw) => (draw.dataSet === dataSet && draw.use === use && draw.position !== null ? [draw.position] : [])));
}
