import type {Outcome} from "../../verdicts/index.ts";
import type {Preset} from "../parameters.ts";
import type {ParameterChange} from "./parameter-changes.ts";

/** A parameter of a paper that differs between two runs: `seed`, or a path such as `tailTrends.stepSizes[1]`. */
export interface RunParameterChange extends ParameterChange {
  readonly paper: string;
}

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

/** What sets two runs apart: plain JSON. */
export interface RunComparison {
  readonly first: {readonly name: string | null; readonly preset: Preset};
  readonly second: {readonly name: string | null; readonly preset: Preset};
  readonly parameters: readonly RunParameterChange[];
  /** Tables whose rows differ or that only one run has, sorted. */
  readonly tables: readonly string[];
  /** Those of them that only one run has; a table that failed is none. */
  readonly tablesOnlyIn: OnlyIn;
  /** Claims whose outcome changed, then those whose estimate or interval alone did, each sorted by id. */
  readonly verdicts: readonly VerdictChange[];
  /** Ids of claims that one of two tables of verdicts alone has. */
  readonly claimsOnlyIn: OnlyIn;
  /** The runs whose verdicts cannot be read, so that no claim is compared. */
  readonly withoutVerdicts: readonly ("first" | "second")[];
}
