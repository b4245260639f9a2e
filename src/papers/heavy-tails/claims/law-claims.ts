import {holm} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeBound, pText} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {LawFit} from "../law-fits.ts";
import {claimOf} from "./claim-of.ts";
import {dataSetWords} from "./data-set-words.ts";

const section = "held-out-chains-hardly-tell-students-law-from-a-stable-one";
const level = 0.05;
const least = 100;

/** E2.4: the verdicts on Student's against stable laws. */
export function lawVerdicts(fits: readonly LawFit[]): readonly Verdict[] {
  const of = (law: LawFit["law"]) => fits.filter((fit) => fit.law === law);
  const [student, stable] = [of("Student"), of("stable")];
  return [...stable.map(better), ...goodness(student), ...goodness(stable)];
}

function better(fit: LawFit): Verdict {
  const {dataSet, difference, differenceLow, differenceHigh, heldOutDraws, total} = fit;
  const claim = claimOf({
    id: `law-student-over-stable.${dataSet}`,
    section,
    title: `Student's law over a stable one, ${dataSetWords[dataSet]}`,
    statement: "Student's law describes the iterates of SGD better than an α-stable law.",
    source: "Jiao and Keller-Ressel, Figure 1 a–f and Table 2",
    sourceKind: "paper",
    quantity: "mean log likelihood of a held-out draw, Student's less the stable law's",
    rule: "paired 95 % interval over held-out chains: reproduced above 0, not reproduced below, else inconclusive"
  });
  const counts = {used: heldOutDraws, total};
  if (heldOutDraws < least) return {...claim, ...inconclusive(`${least} held-out chains are needed, found ${heldOutDraws}`, counts)};
  return {...claim, ...judgeBound({estimate: -difference, low: -differenceHigh, high: -differenceLow, ...counts}, {side: "above", bound: 0}), explanation: `Student's law gains ${digits(-difference, 2)} [${digits(-differenceHigh, 2)}, ${digits(-differenceLow, 2)}] nats a draw over the stable law, whose index is ${fit.tailIndex === null ? "2 (normal)" : digits(fit.tailIndex)}`};
}

/** Goodness of fit of one law on all data sets: a Student law is claimed to pass, a stable one to fail. */
function goodness(fits: readonly LawFit[]): readonly Verdict[] {
  const tested = fits.filter(({distancePValue}) => distancePValue !== null);
  const adjusted = tested.length === 0 ? [] : holm(tested.map(({distancePValue}) => distancePValue!), level).adjusted;
  return fits.map((fit) => {
    const {dataSet, law, distance, distancePValue, tabulatedPValue, andersonDarlingPValue, detectableDistance, fitted, total} = fit;
    const passes = law === "Student";
    const claim = claimOf({
      id: `law-goodness-${law.toLowerCase()}.${dataSet}`,
      section,
      title: `${passes ? "Student's law passes a test" : "A stable law fails a test"}, ${dataSetWords[dataSet]}`,
      statement: passes ? "A Kolmogorov–Smirnov test at level 0.05 does not reject Student's law for iterates of SGD." : "A Kolmogorov–Smirnov test at level 0.05 rejects an α-stable law for iterates of SGD.",
      source: "Jiao and Keller-Ressel, Table 2; its numbers were not read",
      sourceKind: "recalled",
      quantity: "Kolmogorov–Smirnov distance of independent draws to the law fitted to them",
      rule: passes
        ? "parametric bootstrap with refits, Holm over the data sets: reproduced if p > 0.05, which says no more than that laws nearer than the distance given are not told apart; not reproduced otherwise"
        : "parametric bootstrap with refits, Holm over the data sets: reproduced if p ≤ 0.05; otherwise inconclusive, since a test can only fail to reject"
    });
    const counts = {used: fitted, total};
    if (distancePValue === null || fitted < least) return {...claim, ...inconclusive(`${least} chains that are tested are needed, found ${distancePValue === null ? 0 : fitted}`, counts)};
    const pValue = adjusted[tested.indexOf(fit)]!;
    const rejected = pValue <= level;
    const outcome: Finding["outcome"] = passes ? (rejected ? "not reproduced" : "reproduced") : rejected ? "reproduced" : "inconclusive";
    return {...claim, ...inconclusive(`distance ${digits(distance, 2)}: ${pText(pValue)} by bootstrap after Holm, Anderson–Darling ${pText(andersonDarlingPValue!)}; the tabulated ${pText(tabulatedPValue)} takes the fitted law for known; laws at a distance of ${digits(detectableDistance!, 2)} or more would be told apart`, counts), outcome, estimate: distance, low: distance, high: distance};
  });
}
