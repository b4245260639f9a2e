import type {Outcome} from "../../verdicts/index.ts";
import type {Row} from "../columns.ts";

/** What a run says about a claim: its estimate with its 95 % interval. */
export interface VerdictState {
  readonly outcome: Outcome;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A claim about which two runs say different things. */
export interface VerdictChange {
  readonly id: string;
  readonly title: string;
  readonly first: VerdictState;
  readonly second: VerdictState;
  /** `estimate` where the outcome is the same. */
  readonly changed: "outcome" | "estimate";
}

/** Names that only one of two runs has. */
export interface OnlyIn {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** What two tables of verdicts say about their claims. */
export interface VerdictComparison {
  /** Claims whose outcome changed, then those whose estimate or interval alone did, each sorted by id. */
  readonly verdicts: readonly VerdictChange[];
  /** Ids of claims that one of two tables of verdicts alone has. */
  readonly claimsOnlyIn: OnlyIn;
  /** The runs whose verdicts cannot be read, so that no claim is compared. */
  readonly withoutVerdicts: readonly ("first" | "second")[];
}

interface Said {
  readonly title: string;
  readonly state: VerdictState;
}

const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** What rows say by claim, or undefined if they are no verdicts. */
function saidBy(rows: readonly Row[] | undefined): ReadonlyMap<string, Said> | undefined {
  const said = new Map<string, Said>();
  for (const {id, title, outcome, estimate, low, high} of rows ?? []) {
    if (typeof id !== "string" || typeof title !== "string" || typeof outcome !== "string") return undefined;
    said.set(id, {title, state: {outcome: outcome as Outcome, estimate: number(estimate), low: number(low), high: number(high)}});
  }
  return rows === undefined ? undefined : said;
}

/** Compares two tables of verdicts; undefined stands for one that a run does not have. */
export function verdictChanges(first: readonly Row[] | undefined, second: readonly Row[] | undefined): VerdictComparison {
  const [a, b] = [saidBy(first), saidBy(second)];
  const withoutVerdicts = [...(a === undefined ? (["first"] as const) : []), ...(b === undefined ? (["second"] as const) : [])];
  if (a === undefined || b === undefined) return {verdicts: [], claimsOnlyIn: {first: [], second: []}, withoutVerdicts};
  const verdicts = [...a.keys()].sort().flatMap((id): readonly VerdictChange[] => {
    const [{title, state: before}, after] = [a.get(id)!, b.get(id)?.state];
    if (after === undefined) return [];
    const changed = before.outcome !== after.outcome ? "outcome" : (["estimate", "low", "high"] as const).some((field) => before[field] !== after[field]) ? "estimate" : null;
    return changed === null ? [] : [{id, title, first: before, second: after, changed}];
  });
  const ofKind = (kind: VerdictChange["changed"]) => verdicts.filter(({changed}) => changed === kind);
  const without = (ids: ReadonlyMap<string, Said>, others: ReadonlyMap<string, Said>) => [...ids.keys()].filter((id) => !others.has(id)).sort();
  return {verdicts: [...ofKind("outcome"), ...ofKind("estimate")], claimsOnlyIn: {first: without(a, b), second: without(b, a)}, withoutVerdicts};
}
