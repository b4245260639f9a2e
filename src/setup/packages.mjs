import { createHash } from "node:crypto";
import * as files from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { runProgram } from "./run-program.mjs";
import { SetupError } from "./setup-error.mjs";

const bytesNeeded = 1_000_000_000;

/** The machine's own effects. */
export const packagesEffects = {
  files,
  environment: process.env,
  nodeVersion: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  run: runProgram,
};

const readRequired = async (file, effects) => {
  try {
    return await effects.files.readFile(file, "utf8");
  } catch (error) {
    throw new SetupError(`${path.basename(file)}: cannot be read (${error.code}); run from a complete checkout`);
  }
};

const checkNode = (nodeVersion, range) => {
  const found = nodeVersion.split(".").map(Number);
  const allowed = range.split("||").some((part) => {
    const [major, minor = 0] = part.trim().replace(/^\^/, "").split(".").map(Number);
    return found[0] === major && found[1] >= minor;
  });
  if (!allowed) throw new SetupError(`Node: expected ${range}, found ${nodeVersion}; install Node 24 and run again`);
};

const readStamp = async (file, effects) => {
  try {
    return JSON.parse(await effects.files.readFile(file, "utf8"));
  } catch {
    return null;
  }
};

const checkSpace = async (root, effects) => {
  const { bavail, bsize } = await effects.files.statfs(root);
  const free = bavail * bsize;
  if (free < bytesNeeded) {
    throw new SetupError(`${root}: expected ${bytesNeeded} free bytes for the packages, found ${free}; free some space`);
  }
};

const explain = (output, root) => {
  const has = (pattern) => pattern.test(output);
  if (has(/ENOSPC/)) return `${root}: the disk is full, ${bytesNeeded} bytes are needed for the packages; free some space`;
  if (has(/EINTEGRITY/)) {
    return "a package's checksum differs from the one in package-lock.json; run `npm cache clean --force` and run again";
  }
  if (has(/EACCES|EPERM|EROFS/)) return `${root}: node_modules cannot be written; give your user the right to write there`;
  if (has(/EUSAGE/)) return "package-lock.json does not fit package.json; restore both from the repository";
  if (has(/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/)) {
    return "the package registry cannot be reached; check the network or npm's proxy settings and run again";
  }
  const line = output.split("\n").find((text) => /^npm error (?!code|A complete log)/.test(text)) ?? output.split("\n")[0];
  return `${line.replace(/^npm error\s*/, "").trim()}; run \`npm ci\` to see all of it`;
};

const npmCommand = (environment) => {
  const script = environment["npm_execpath"];
  return script !== undefined && /npm-cli\.c?js$/.test(script) ? [process.execPath, script] : ["npm"];
};

const writeStamp = async (file, stamp, effects) => {
  const temporary = `${file}.${process.pid}.partial`;
  await effects.files.mkdir(path.dirname(file), { recursive: true });
  await effects.files.writeFile(temporary, `${JSON.stringify(stamp, null, 2)}\n`);
  await effects.files.rename(temporary, file);
};

/**
 * Installs the packages of package-lock.json with `npm ci` and without any package's install script, unless
 * node_modules already holds just them. It runs on bare Node, before there is a node_modules.
 *
 * What is installed is told by the stamp `node_modules/.driftbook/packages.json`, written after a success with the
 * lockfile's SHA-256 and the platform. `npm ci` starts by removing node_modules and the stamp with it, so that an
 * interrupted installation is done again.
 * @throws SetupError, one line that says what to do: the wrong Node, no npm, no space, no network, a wrong checksum.
 */
export async function ensurePackages({ root, log }, effects = packagesEffects) {
  const { engines } = JSON.parse(await readRequired(path.join(root, "package.json"), effects));
  checkNode(effects.nodeVersion, engines.node);
  const lockfile = await readRequired(path.join(root, "package-lock.json"), effects);
  const wanted = { lockfile: createHash("sha256").update(lockfile).digest("hex"), platform: effects.platform };
  const stampFile = path.join(root, "node_modules", ".driftbook", "packages.json");
  const stamp = await readStamp(stampFile, effects);
  if (stamp?.lockfile === wanted.lockfile && stamp.platform === wanted.platform) return;

  await checkSpace(root, effects);
  log("installing the packages of package-lock.json");
  const [program, ...script] = npmCommand(effects.environment);
  const args = [...script, "ci", "--ignore-scripts", "--include=dev", "--prefer-offline", "--no-audit", "--no-fund"];
  const { code, missing, output } = await effects.run(program, args, { cwd: root, environment: effects.environment });
  if (missing) throw new SetupError("npm: not found; install it with Node and run again");
  if (code !== 0) throw new SetupError(`npm ci: ${explain(output, root)}`);
  try {
    await writeStamp(stampFile, wanted, effects);
  } catch (error) {
    if (error.code === "ENOSPC") throw new SetupError(`npm ci: ${explain("ENOSPC", root)}`);
    throw new SetupError(`${stampFile}: cannot be written (${error.code}); run again`);
  }
}
