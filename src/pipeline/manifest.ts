import {randomUUID} from "node:crypto";
import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import type {Preset} from "./parameters.ts";

/** What one run of the tables left: the object of each table, or why it has none. */
export interface Manifest {
  readonly preset: Preset;
  /** The folder of the store that holds the objects. */
  readonly store: string;
  readonly tables: Readonly<Record<string, {readonly object: string} | {readonly error: string}>>;
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
