import type { BenchResult } from "./program.ts";

/** The result in an answer of a line program; throws if a number is missing or not finite. */
export function readResult(answer: Readonly<Record<string, unknown>>): BenchResult {
  const numberAt = (field: string): number => {
    const value = answer[field];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new Error(`${field}: expected a finite number, found ${JSON.stringify(value)}`);
    }
    return value;
  };
  const optional = (field: string): number | undefined => (answer[field] == null ? undefined : numberAt(field));
  return {
    seconds: numberAt("seconds"),
    mean: numberAt("mean"),
    standardError: numberAt("standardError"),
    censoredShare: optional("censoredShare"),
    warmup: optional("warmup"),
  };
}
