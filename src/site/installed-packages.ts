import {readFileSync} from "node:fs";
import {join} from "node:path";

/** One installed copy of a package: its version and its folder. */
export type InstalledCopy = {readonly version: string; readonly folder: string};

/** Every installed package by name; the first copy is the one that the project itself would import. */
export type InstalledPackages = ReadonlyMap<string, readonly InstalledCopy[]>;

type Lockfile = {readonly packages?: Readonly<Record<string, {readonly version?: string}>>};

const packagesFolder = "node_modules/";

/**
 * Reads `package-lock.json` and gives the copies that it installs, nested ones included, by package name.
 * A lockfile without `packages` is refused, as it was written by an npm too old for this project.
 */
export function readInstalledPackages(projectRoot: string): InstalledPackages {
  const path = join(projectRoot, "package-lock.json");
  const lockfile = JSON.parse(readFileSync(path, "utf8")) as Lockfile;
  if (lockfile.packages === undefined) throw new Error(`${path}: expected a "packages" table, found none`);
  const installed = new Map<string, InstalledCopy[]>();
  for (const [location, {version}] of Object.entries(lockfile.packages)) {
    if (!location.startsWith(packagesFolder) || version === undefined) continue;
    const name = location.slice(location.lastIndexOf(packagesFolder) + packagesFolder.length);
    const copy = {version, folder: join(projectRoot, location)};
    const copies = installed.get(name) ?? [];
    const isTopLevel = location === packagesFolder + name;
    installed.set(name, isTopLevel ? [copy, ...copies] : [...copies, copy]);
  }
  return installed;
}

/** The parts of `name@version/path`, where name may have a scope. */
export type PackageSpecifier = {readonly name: string; readonly version: string | undefined; readonly path: string};

/** Splits `@scope/name@1.2.3/some/file.js` into its name, version and path ("" where absent). */
export function parsePackageSpecifier(specifier: string): PackageSpecifier {
  const match = /^(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?(?:\/(.*))?$/.exec(specifier);
  if (match === null) throw new Error(`expected a package such as name@1.2.3/file.js, found "${specifier}"`);
  return {name: match[1]!, version: match[2], path: match[3] ?? ""};
}

/** Finds the installed copy that a specifier means, or throws with the command that would install it. */
export function findInstalledCopy(installed: InstalledPackages, {name, version}: PackageSpecifier): InstalledCopy {
  const copies = installed.get(name) ?? [];
  const copy = version === undefined ? copies[0] : copies.find((candidate) => candidate.version === version);
  if (copy !== undefined) return copy;
  const wanted = version === undefined ? name : `${name}@${version}`;
  const found = copies.length === 0 ? "" : ` (installed: ${copies.map((other) => other.version).join(", ")})`;
  throw new Error(`${wanted} is imported but not installed${found}: npm install --save-exact ${name}`);
}
