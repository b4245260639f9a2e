import {claimsOf} from "../../../verdicts/index.ts";

/** Completes a claim of the paper on parameter averaging. */
export const claimOf = claimsOf("parameter-averaging");
