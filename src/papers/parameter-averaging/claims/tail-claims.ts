import {digits, inconclusive, judgeBound, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {TailAverageRow} from "../tail-averages.ts";
import {claimOf} from "./claim-of.ts";

const section = "a-late-start-removes-the-transient-and-pays-in-noise";
const fewestHorizons = 4;
const removedShare = 0.01;

const source = "derived here for streaming linear regression; that averages may start late is the paper's tail averaging";

function ofAverage(rows: readonly TailAverageRow[], method: TailAverageRow["method"]): readonly TailAverageRow[] {
  return rows.filter((row) => row.method === method).toSorted((a, b) => a.steps - b.steps);
}

const exactly = (estimate: number, used: number) => ({estimate, low: estimate, high: estimate, used, total: used});

/** The order in T of the root of the whole average's transient, between the two longest horizons. */
function transientOrder(rows: readonly TailAverageRow[]): Finding {
  const whole = ofAverage(rows, "average of all");
  if (whole.length < fewestHorizons) return inconclusive(`an order needs at least ${fewestHorizons} horizons, found ${whole.length}`, {used: whole.length, total: whole.length, predicted: -1});
  const [before, last] = whole.slice(-2) as [TailAverageRow, TailAverageRow];
  const order = (0.5 * Math.log(last.transient / before.transient)) / Math.log(last.steps / before.steps);
  const judged = judgeValue({predicted: -1, ...exactly(order, whole.length)}, margins);
  return {...judged, explanation: `order ${digits(order)} between ${before.steps} and ${last.steps} steps, exact`};
}

/** E3.3: the verdicts on where the risk of an average comes from. */
export function tailVerdicts(rows: readonly TailAverageRow[]): readonly Verdict[] {
  const last = (method: TailAverageRow["method"]) => ofAverage(rows, method).at(-1)!;
  const [whole, half] = [last("average of all"), last("average of last half")];
  const count = new Set(rows.map(({steps}) => steps)).size;
  const removed = judgeBound(exactly(half.transient / whole.transient, count), {side: "below", bound: removedShare});
  const cost = (method: "average of last half" | "average of last quarter", predicted: number): Verdict => {
    const ratio = last(method).noise / whole.noise;
    const judged = judgeValue({predicted, ...exactly(ratio, count)}, margins);
    return {
      ...claimOf({
        id: `tail-noise.${predicted}`,
        section,
        title: `The ${method.replace("average of ", "")} has ${predicted} times the noise`,
        statement: "An average over the last fraction of the steps has the variance of the whole average over that fraction.",
        source,
        sourceKind: "derived",
        quantity: `excess risk due to label noise, ${method} over average of all, at the longest horizon`,
        rule: "exact value within 3 %: reproduced; within 35 %: approximate; else not reproduced"
      }),
      ...judged,
      explanation: `ratio ${digits(ratio, 4)} after ${whole.steps} steps (${percent(judged.discrepancy!)}), exact`
    };
  };
  return [
    {
      ...claimOf({
        id: "tail-transient",
        section,
        title: "The whole average forgets its start as 1/T",
        statement: "An average over all steps keeps a transient from the start of order 1/(ηT).",
        source,
        sourceKind: "derived",
        quantity: "order in T of the root of the excess risk without label noise, average of all",
        rule: `exact, between the two longest of at least ${fewestHorizons} horizons: within 3 % of −1 reproduced, within 35 % approximate`
      }),
      ...transientOrder(rows)
    },
    {
      ...claimOf({
        id: "tail-removal",
        section,
        title: "A start after half of the steps removes the transient",
        statement: "An average that starts late has no transient of order 1/(ηT).",
        source,
        sourceKind: "derived",
        quantity: "excess risk without label noise, average of last half over average of all, at the longest horizon",
        rule: `exact value below ${removedShare}: reproduced; else not reproduced`
      }),
      ...removed,
      explanation: `${digits(removed.estimate!)} of the whole average's after ${whole.steps} steps, exact`
    },
    cost("average of last half", 2),
    cost("average of last quarter", 4)
  ];
}
