import {createHash} from "node:crypto";
import {lstatSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {TestContext} from "node:test";
import {openStore} from "../../../src/pipeline/store/index.ts";
import type {Store, StoreEffects} from "../../../src/pipeline/store/index.ts";

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** A key for each name. */
export const keyOf = (name: string): string => sha256(`key ${name}`);

/** A folder that the test's end removes. */
export function temporaryFolder(t: Pick<TestContext, "after">): string {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-store-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** Every file below a folder, by its relative path. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .sort();
}

/** A store in a folder of its own, with what it warned of. */
export function temporaryStore(t: TestContext, effects: Partial<StoreEffects> = {}): {readonly folder: string; readonly store: Store; readonly warnings: string[]} {
  const folder = temporaryFolder(t);
  const warnings: string[] = [];
  return {folder, warnings, store: openStore(folder, (message) => void warnings.push(message), effects)};
}
