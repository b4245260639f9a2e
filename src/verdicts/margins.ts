import type {Margins} from "./judge-value.ts";

/** The margins of every claim, unless its rule says otherwise: 3 % counts as equal, 35 % as approximate. */
export const margins = {equivalent: 0.03, tolerated: 0.35} as const satisfies Margins;
