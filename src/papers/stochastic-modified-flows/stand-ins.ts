import type {CommonNoise} from "../../numerics/index.ts";

/** What is put in SGD's place. */
export type StandIn = "modified flow" | "modified equation" | "uncorrected flow" | "gradient flow";

/** Noise and drift of each. */
export const standIns = {
  "modified flow": {noise: "flow", corrected: true},
  "modified equation": {noise: "square root", corrected: true},
  "uncorrected flow": {noise: "flow", corrected: false},
  "gradient flow": {noise: "none", corrected: false}
} as const satisfies Readonly<Record<StandIn, {readonly noise: CommonNoise; readonly corrected: boolean}>>;
