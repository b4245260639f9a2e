import {digits, inconclusive, judgeValue, margins} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {ToyDistance} from "../toy-distances.ts";
import type {ToyTransition} from "../toy-transitions.ts";
import {claimOf} from "./claim-of.ts";
import {toySections} from "./toy-sections.ts";

const section = toySections.selection;
const enough = 0.95;

/** The step size from which on at least 95 % of the averages are in the basin, between two of the grid, against a predicted one. */
export function judgeTransition(rows: readonly ToyDistance[], predicted: number | null, what: string): Finding {
  const runs = rows.reduce((sum, row) => sum + row.runs, 0);
  const counts = {used: runs, total: runs, predicted};
  if (predicted === null) return inconclusive(`F ${what} at no step size up to 2`, counts);
  const sorted = [...rows].sort((a, b) => a.stepSize - b.stepSize);
  const from = sorted.findLastIndex(({share}) => share < enough) + 1;
  if (from === 0) return inconclusive(`all step sizes, from ${digits(sorted[0]?.stepSize ?? NaN)} on, have at least 95 % of the averages there; smaller ones would decide`, counts);
  if (from === sorted.length) return inconclusive(`at the largest step size, ${digits(sorted.at(-1)!.stepSize)}, ${(100 * sorted.at(-1)!.share).toFixed(1)} % of the averages are there; larger ones would decide`, counts);
  const [low, high] = [sorted[from - 1]!, sorted[from]!];
  const judged = judgeValue({predicted, estimate: Math.sqrt(low.stepSize * high.stepSize), low: low.stepSize, high: high.stepSize, used: runs, total: runs}, margins);
  return {...judged, explanation: `${(100 * low.share).toFixed(1)} % of the averages are there at η = ${digits(low.stepSize)}, ${(100 * high.share).toFixed(1)} % at ${digits(high.stepSize)}; F ${what} from ${digits(predicted)} on`};
}

/** E3.1: where averages select the basin of v*, and the flat one of two wells. */
export function toySelectionVerdicts(distances: readonly ToyDistance[], transitions: readonly ToyTransition[]): readonly Verdict[] {
  const rowsOf = (name: ToyDistance["objective"]) => distances.filter(({objective}) => objective === name);
  const transitionOf = (name: ToyTransition["objective"]) => transitions.find(({objective}) => objective === name);
  const rule = "from the step size below 95 % to the next one, relative to the predicted step: reproduced within 3 %, approximate within 35 % on one side, not reproduced wholly beyond, else inconclusive";
  return [
    {
      ...claimOf({
        id: "toy-selection.rippled-bowl",
        section,
        title: "Averages find the basin of v* once F has no other minimum",
        statement: "On the rippled bowl the averages of runs from everywhere are in the basin of v* from the step on at which F loses its extra minima.",
        source: "smoothing as the reason of selection, in Nitanda et al. after Kleinberg, Li and Yuan; the step from the closed form of F, derived here",
        sourceKind: "paper",
        quantity: "step size from which on at least 95 % of the averages are in the basin of v*",
        rule
      }),
      ...judgeTransition(rowsOf("rippled bowl"), transitionOf("rippled bowl")?.singleFrom ?? null, "has a single minimum")
    },
    {
      ...claimOf({
        id: "toy-selection.two-wells",
        section,
        title: "Averages move to the flat well when the lowest minimum of F does",
        statement: "With a deep sharp well and a shallower flat one, averages are in the flat well from the step on at which F is lowest there.",
        source: "bias towards flat regions by larger steps, Nitanda et al.; objective and step derived here",
        sourceKind: "paper",
        quantity: "step size from which on at least 95 % of the averages are in the flat well",
        rule
      }),
      ...judgeTransition(rowsOf("two wells"), transitionOf("two wells")?.lowestMovesAt ?? null, "is lowest in the flat well")
    }
  ];
}
