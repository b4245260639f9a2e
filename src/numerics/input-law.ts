import { unexpected } from "./argument-checks.ts";

/**
 * The law of one input coordinate `x` with unit variance: standard normal, or three-point `{0, ±√kurtosis}`
 * with `P(x ≠ 0) = 1/kurtosis`, so that `E x⁴ = kurtosis` (kurtosis 1 is `±1`).
 */
export type InputLaw = { readonly kind: "gaussian" } | { readonly kind: "three-point"; readonly kurtosis: number };

/** @throws RangeError unless the law is one of {@link InputLaw} with a kurtosis of at least 1. */
export function requireInputLaw(name: string, inputs: InputLaw): InputLaw {
  if (inputs.kind === "gaussian") return inputs;
  if (inputs.kind !== "three-point") throw unexpected(`${name}.kind`, `"gaussian" or "three-point"`, (inputs as { kind: unknown }).kind);
  if (!(Number.isFinite(inputs.kurtosis) && inputs.kurtosis >= 1)) throw unexpected(`${name}.kurtosis`, "a finite number of at least 1", inputs.kurtosis);
  return inputs;
}
