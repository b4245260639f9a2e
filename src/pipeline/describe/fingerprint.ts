import {createHash} from "node:crypto";
import {existsSync, readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {openFileMemo} from "../file-memo.ts";
import type {Project} from "../project.ts";

const code = /\.(ts|mts|mjs|js|json|c|wat)$/;

const digests = openFileMemo<Buffer>();

/** Every process asks for fingerprints again and again, of files of which few change. */
const digestOf = (file: string): Buffer => digests(file, () => createHash("sha256").update(readFileSync(file)).digest());

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && code.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${file.slice(folder.length)}\0`).update(digestOf(file));
}

/**
 * SHA-256 of all that decides which code a run uses: every source file of the
 * library and the loaders, the lockfile, the record of the native library, and
 * the JavaScript engine. Times of files do not count.
 */
export function codeFingerprint({root, loadersFolder}: Pick<Project, "root" | "loadersFolder">): string {
  const hash = createHash("sha256").update(`${process.versions.v8}\0`);
  for (const folder of [join(root, "src"), loadersFolder]) addFolder(hash, folder);
  for (const file of [join(root, "package-lock.json"), join(root, "node_modules", ".driftbook", "native-library.json")]) if (existsSync(file)) hash.update(digestOf(file));
  return hash.digest("hex");
}

/** SHA-256 of the code and all that a person sets: parameter files, preset and settings. */
export function projectFingerprint(project: Project, code = codeFingerprint(project)): string {
  const hash = createHash("sha256").update(code).update(JSON.stringify([project.preset, project.settings]));
  for (const file of readdirSync(project.parametersFolder).filter((name) => name.endsWith(".jsonc")).sort()) hash.update(`${file}\0`).update(digestOf(join(project.parametersFolder, file)));
  return hash.digest("hex");
}
