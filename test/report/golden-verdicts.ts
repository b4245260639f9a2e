import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {checkName, decodeTable, manifestTable} from "../../src/pipeline/index.ts";
import type {Manifest} from "../../src/pipeline/index.ts";
import type {Verdict} from "../../src/verdicts/index.ts";

/** What is kept of a verdict: what a reader would call another result if it changed. */
export type GoldenVerdict = Pick<Verdict, "id" | "outcome" | "predicted" | "estimate" | "low" | "high" | "used" | "total">;

/** The file of the verdicts that the preset `quick` gives. */
export const goldenFile = join(import.meta.dirname, "golden-verdicts.json");

/** The verdicts of a run. */
export function readVerdicts(manifest: Manifest): readonly Verdict[] {
  return decodeTable(manifestTable(manifest, checkName("verdicts", "table")), "table verdicts").rows as unknown as readonly Verdict[];
}

export const goldenOf = (verdicts: readonly Verdict[]): readonly GoldenVerdict[] =>
  verdicts.map(({id, outcome, predicted, estimate, low, high, used, total}) => ({id, outcome, predicted, estimate, low, high, used, total}));

const readGolden = (): readonly GoldenVerdict[] => JSON.parse(readFileSync(goldenFile, "utf8")) as readonly GoldenVerdict[];

/** Relative tolerances: of what is computed in float64 alone, and of what rests on float32, which rounds by processor. */
const tolerances = {deterministic: 1e-6, simulated: 0.02};

/** Holds verdicts to the golden ones: claims, outcomes and counts of units exactly, numbers within their tolerance. */
export function compareWithGolden(verdicts: readonly Verdict[], golden: readonly GoldenVerdict[] = readGolden()): void {
  const outcomes = (list: readonly GoldenVerdict[]) => Object.fromEntries(list.map(({id, outcome, total}) => [id, `${outcome}, of ${total}`]));
  assert.deepEqual(outcomes(goldenOf(verdicts)), outcomes(golden));
  const changes = golden.flatMap((expected, i) => {
    const {deterministic, simulated} = tolerances;
    const tolerance = (expected.low === expected.high ? deterministic : simulated) * Math.abs(expected.predicted ?? expected.estimate ?? 1);
    const allowed = {predicted: deterministic * Math.abs(expected.predicted ?? 1), estimate: tolerance, low: tolerance, high: tolerance, used: simulated * expected.total};
    return (Object.keys(allowed) as (keyof typeof allowed)[]).flatMap((key) => {
      const [found, wanted] = [verdicts[i]![key], expected[key]];
      const same = found === null || wanted === null ? found === wanted : Math.abs(found - wanted) <= allowed[key];
      return same ? [] : [`${expected.id}: ${key} ${found}, golden ${wanted}`];
    });
  });
  assert.deepEqual(changes, []);
}
