import {claimsOf} from "../../../verdicts/index.ts";

/** Completes a claim of the paper on stochastic modified flows. */
export const claimOf = claimsOf("stochastic-modified-flows");
