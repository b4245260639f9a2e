/** The four outcomes a claim can have. */
export type Outcome = "reproduced" | "approximate" | "not reproduced" | "inconclusive";

/** Where a statement comes from: read in the paper, recalled from it, or derived by this project. */
export type SourceKind = "paper" | "recalled" | "derived";

/** One claim of a paper, fixed before any data are seen. */
export interface Claim {
  /** Unique over all papers, `<paper>.<name>`, kebab-case. */
  readonly id: string;
  /** Identifier of the paper, for example `power-law-escape`. */
  readonly paper: string;
  /** The finding in a few words. */
  readonly title: string;
  /** The claim in one sentence. */
  readonly statement: string;
  /** Paper and equation, or the derivation. */
  readonly source: string;
  readonly sourceKind: SourceKind;
  /** What the estimate measures, with its unit if it has one. */
  readonly quantity: string;
  /** The decision rule in words, with its numbers. */
  readonly rule: string;
  /** Page and section where the evidence stands, relative to the site's root. */
  readonly href: string;
}

/** What data say about a claim. */
export interface Finding {
  readonly outcome: Outcome;
  /** The value that the claim predicts, null where it predicts no single number. */
  readonly predicted: number | null;
  readonly estimate: number | null;
  /** 95 % interval of the estimate; equal ends where the estimate is deterministic. */
  readonly low: number | null;
  readonly high: number | null;
  /** Units (replicas, chains, epochs) that entered the estimate, and all that were run. */
  readonly used: number;
  readonly total: number;
  /** (estimate − predicted) / |predicted|, null where that has no meaning. */
  readonly discrepancy: number | null;
  /** Smallest relative discrepancy that the data would show with power 0.8 at level 0.05. */
  readonly minimumDetectableEffect: number | null;
  /** One sentence with the deciding numbers. */
  readonly explanation: string;
}

export type Verdict = Claim & Finding;
