import {randomUUID} from "node:crypto";
import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {checkRunRecord} from "./runs/index.ts";
import type {RunRecord} from "./runs/index.ts";

/** What a build or preview shows: a run, the kept runs beside it, and the store that holds their objects. */
export interface Manifest {
  /** The folder of the store. */
  readonly store: string;
  readonly run: RunRecord;
  readonly kept: readonly RunRecord[];
}

/** Writes a manifest whole, by rename. */
export function writeManifest(path: string, manifest: Manifest): void {
  mkdirSync(dirname(path), {recursive: true});
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(temporary, path);
}

/** Reads the manifest at `path`. @throws RangeError for a file that is none, with the place, what was expected and what was found */
export function readManifest(path: string): Manifest {
  const found = JSON.parse(readFileSync(path, "utf8")) as Partial<Manifest> | null;
  if (typeof found?.store !== "string" || !Array.isArray(found.kept)) throw new RangeError(`${path}: expected a manifest with the store's folder and the kept runs, found neither or one alone`);
  return {store: found.store, run: checkRunRecord(found.run, path), kept: found.kept.map((run, i) => checkRunRecord(run, `${path}: kept[${i}]`))};
}
