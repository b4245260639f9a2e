import type {Manifest} from "../pipeline/index.ts";
import type {ComparedRun} from "../site/index.ts";

/** The kept runs of a manifest as pages compare them with the shown one; those that differ in nothing are among them. */
export function comparedRuns(_manifest: Manifest): readonly ComparedRun[] {
  return [];
}
