import {claimsOf} from "../../../verdicts/index.ts";

/** Completes a claim of this paper. */
export const claimOf = claimsOf("noise-geometry");
