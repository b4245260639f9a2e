import {claimsOf} from "../../../verdicts/index.ts";

/** Completes a claim that joins the papers. */
export const claimOf = claimsOf("one-noise-model");
