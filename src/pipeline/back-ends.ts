import type {RanReport} from "../engine/index.ts";

/**
 * What ran the ensembles of a table, in words: `WebAssembly`, `native code
 * (512-bit vectors, cc 12.2.0)` or both, and why native code did not run where
 * it was wanted. Empty for a table without ensembles.
 */
export function backEnds(reports: readonly RanReport[]): string {
  const native = reports.find(({nativeBlocks}) => nativeBlocks > 0)?.native;
  const names = [
    ...(native === undefined ? [] : [`native code (${native})`]),
    ...(reports.some(({webAssemblyBlocks}) => webAssemblyBlocks > 0) ? ["WebAssembly"] : [])
  ];
  const reason = native === undefined ? reports.find(({nativeUnavailable}) => nativeUnavailable !== undefined)?.nativeUnavailable : undefined;
  return `${names.join(" and ")}${reason === undefined ? "" : `, no native code: ${reason}`}`;
}
