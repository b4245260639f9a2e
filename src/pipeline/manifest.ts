import {randomUUID} from "node:crypto";
import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
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

/** Reads the manifest at `path`. */
export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}
