import {linearRegression} from "../../../statistics/index.ts";
import {digits, inconclusive, judgePairedRatios, judgeSlope, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {ToyBlock} from "../toy-blocks.ts";
import type {ToyDistance} from "../toy-distances.ts";
import type {ToyReference} from "../toy-references.ts";
import type {ToyName} from "../toy-shapes.ts";
import {claimOf} from "./claim-of.ts";
import {toySections} from "./toy-sections.ts";

const section = toySections.distance;
const pairedRule = "Wilcoxon's signed-rank test over blocks of runs at every step size, p-values after Holm over all of the claim's step sizes: reproduced if the ratio is below 1 at each, not reproduced if it is above 1 at one; level 0.05";

/** The cells of one claim. */
interface PairedCells {
  readonly cells: readonly Pick<ToyReference, "objective" | "stepSize">[];
  readonly ratio: (block: ToyBlock) => number;
}

/** The worst cell of a claim that a ratio of the blocks is below 1 in every cell, all cells tested together. */
export function judgeEveryCell(blocks: readonly ToyBlock[], {cells, ratio}: PairedCells): Finding {
  if (cells.length === 0) return inconclusive("no step size is of this kind", {used: 0, total: 0});
  const findings = judgePairedRatios(
    cells.map(({objective, stepSize}) => {
      const own = blocks.filter((block) => block.objective === objective && block.stepSize === stepSize);
      return {logRatios: own.map((block) => Math.log(ratio(block))).filter(Number.isFinite), total: own.length};
    })
  );
  const rank = {"not reproduced": 3, inconclusive: 2, approximate: 1, reproduced: 0} as const;
  const worst = findings.reduce((most, finding, i) => {
    const before = findings[most]!;
    const difference = rank[finding.outcome] - rank[before.outcome];
    return difference > 0 || (difference === 0 && (finding.estimate ?? 0) > (before.estimate ?? 0)) ? i : most;
  }, 0);
  const holding = findings.filter(({outcome}) => outcome === "reproduced").length;
  const {objective, stepSize} = cells[worst]!;
  return {
    ...findings[worst]!,
    used: findings.reduce((sum, {used}) => sum + used, 0),
    total: findings.reduce((sum, {total}) => sum + total, 0),
    explanation: `below 1 at ${holding} of ${cells.length} step sizes; worst, on the ${objective} at η = ${digits(stepSize)}: ${findings[worst]!.explanation}`
  };
}

const distanceRatio = ({averageSquare, lastSquare}: ToyBlock): number => Math.sqrt(averageSquare / lastSquare);
const excessRatio = ({averageExcess, lastExcess}: ToyBlock): number => averageExcess / lastExcess;

/** E3.1: averages against single iterates, and the scaling of both with the step size. */
export function toyDistanceVerdicts(blocks: readonly ToyBlock[], distances: readonly ToyDistance[], references: readonly ToyReference[], fittedBelow: number): readonly Verdict[] {
  const isConvex = ({leastConvexity}: ToyReference) => leastConvexity > 0;
  const convexOf = (name: ToyName) => references.filter((row) => row.objective === name && isConvex(row));
  const closer = (["rippled bowl", "asymmetric valley", "plane", "parabola"] as const).map(
    (name): Verdict => ({
      ...claimOf({
        id: `toy-closer.${name.replaceAll(" ", "-")}`,
        section,
        title: `The average is closer to v* than SGD, ${name}`,
        statement: "At one step size the average of the iterates comes closer to the minimiser v* of the smoothed objective than SGD does, where that is one-point convex (c > 0).",
        source: "Nitanda et al.: averaging against SGD at the same step size; that it must hold for a long average of stationary iterates, by the Cauchy–Schwarz inequality, is derived here",
        sourceKind: "paper",
        quantity: "root mean square distance of averages over that of last iterates, at the step size where it is least favourable",
        rule: pairedRule
      }),
      ...judgeEveryCell(blocks, {cells: convexOf(name), ratio: distanceRatio})
    })
  );
  return [
    ...closer,
    {
      ...claimOf({
        id: "toy-closer.beyond-convexity",
        section,
        title: "The average is closer to v* than SGD where F is not one-point convex",
        statement: "The same where c ≤ 0, of which the paper's theorem says nothing: small steps on the rippled bowl, and the two wells.",
        source: "Cauchy–Schwarz inequality, for iterates that are stationary; derived here",
        sourceKind: "derived",
        quantity: "root mean square distance of averages over that of last iterates, at the step size where it is least favourable",
        rule: pairedRule
      }),
      ...judgeEveryCell(blocks, {cells: references.filter((row) => !isConvex(row)), ratio: distanceRatio})
    },
    {
      ...claimOf({
        id: "toy-lower.one-point-convex",
        section,
        title: "The average is lower on F than SGD where F is one-point convex",
        statement: "Where c > 0 the smoothed objective is lower at the average than at SGD's iterates, in the mean.",
        source: "the trade-off of bias and optimisation in Nitanda et al., in values of F; derived here",
        sourceKind: "derived",
        quantity: "mean F − F(v*) at averages over that at last iterates, at the step size where it is least favourable",
        rule: pairedRule
      }),
      ...judgeEveryCell(blocks, {cells: references.filter(isConvex), ratio: excessRatio})
    },
    {
      ...claimOf({
        id: "toy-lower.beyond-convexity",
        section,
        title: "The average is lower on F than SGD where F is not one-point convex",
        statement: "The same where c ≤ 0, where the average may lie on a hill between wells.",
        source: "derived here; no theorem says so",
        sourceKind: "derived",
        quantity: "mean F − F(v*) at averages over that at last iterates, at the step size where it is least favourable",
        rule: pairedRule
      }),
      ...judgeEveryCell(blocks, {cells: references.filter((row) => !isConvex(row)), ratio: excessRatio})
    },
    ...slopeVerdicts(distances, references, fittedBelow)
  ];
}

function slopeVerdicts(distances: readonly ToyDistance[], references: readonly ToyReference[], fittedBelow: number): readonly Verdict[] {
  const rows = distances.filter(({objective, stepSize}) => objective === "asymmetric valley" && stepSize <= fittedBelow);
  const exact = references.filter(({objective, stepSize}) => objective === "asymmetric valley" && stepSize <= fittedBelow);
  const runs = rows.reduce((sum, row) => sum + row.runs, 0);
  const counts = {used: runs, total: runs};
  const slopeOf = (value: (row: ToyReference) => number, measured?: readonly {readonly standardError: number}[]) =>
    linearRegression({x: exact.map(({stepSize}) => Math.log(stepSize)), y: exact.map((row) => Math.log(value(row))), ...(measured === undefined ? {} : {standardErrors: measured.map(({standardError}) => standardError)})}).slope;
  const enough = exact.length >= 4;
  const distancePoints = rows.map(({stepSize, last, lastLow, lastHigh}) => ({x: Math.log(stepSize), y: Math.log(last), standardError: (lastHigh - lastLow) / (2 * 1.96 * last)}));
  const biasPoints = rows.map(({objective, stepSize, mean, meanError}) => {
    const {smoothedMinimiser} = references.find((row) => row.objective === objective && row.stepSize === stepSize)!;
    return {x: Math.log(stepSize), y: Math.log(Math.abs(mean - smoothedMinimiser)), standardError: meanError / Math.abs(mean - smoothedMinimiser)};
  });
  const distanceFinding = judgeSlope(distancePoints, 0.5, counts);
  const order = enough ? slopeOf(({bias}) => bias) : null;
  const shared = {section, rule: `least squares over step sizes up to ${fittedBelow} on the asymmetric valley; 95 % interval: reproduced within 3 %, approximate within 35 %`};
  return [
    {
      ...claimOf({
        ...shared,
        id: "toy-slope.distance",
        title: "SGD stays at a distance of the order √η",
        statement: "The root mean square distance of SGD from v* grows as √η.",
        source: "bounds on D∞ of the order η in Nitanda et al., as recalled; derived here",
        sourceKind: "recalled",
        quantity: "slope of the logarithm of SGD's distance from v* on log η"
      }),
      ...distanceFinding,
      explanation: enough ? `${distanceFinding.explanation}; exactly ${digits(slopeOf(({distance}) => distance, distancePoints), 4)}` : distanceFinding.explanation
    },
    {
      ...claimOf({
        ...shared,
        id: "toy-slope.bias",
        title: "The bias of the average grows as the exact operator says",
        statement: "The distance of the mean average from v* has the slope of the exact |E w − v*|, fitted with the same weights over the same step sizes.",
        source: "transfer operator of the chain; derived here",
        sourceKind: "derived",
        quantity: "slope of the logarithm of |mean of the averages − v*| on log η"
      }),
      ...(order === null ? inconclusive(`a slope needs at least 4 points, found ${rows.length}`, counts) : judgeSlope(biasPoints, slopeOf(({bias}) => bias, biasPoints), counts))
    },
    {
      ...claimOf({
        ...shared,
        id: "toy-slope.order",
        title: "The bias of the average is of the order η",
        statement: "|E w − v*| is of the order D∞, so that it grows as η while SGD's own distance grows as √η.",
        source: "bound M D∞/(2μ); derived here",
        sourceKind: "derived",
        quantity: "slope of the logarithm of the exact |E w − v*| on log η",
        rule: `least squares over step sizes up to ${fittedBelow} on the asymmetric valley, exact values: reproduced within 3 % of 1, approximate within 35 %; deterministic`
      }),
      ...(order === null ? inconclusive(`a slope needs at least 4 points, found ${exact.length}`, {used: exact.length, total: exact.length, predicted: 1}) : orderFinding(order, exact.length))
    }
  ];
}

function orderFinding(order: number, points: number): Finding {
  const judged = judgeValue({predicted: 1, estimate: order, low: order, high: order, used: points, total: points}, margins);
  return {...judged, explanation: `slope ${digits(order)} against 1: ${percent(judged.discrepancy!)}`};
}
