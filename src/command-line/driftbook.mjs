// The entry of every command: brings the packages up to date with nothing but
// Node, then hands over to TypeScript.
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {ensurePackages} from "../setup/packages.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

try {
  await ensurePackages({root, log: (line) => process.stderr.write(`${line}\n`)});
  const {register} = await import("tsx/esm/api");
  register();
  const {main} = await import("./main.ts");
  process.exitCode = await main(root, process.argv.slice(2));
} catch (error) {
  process.stderr.write(`driftbook: ${error instanceof Error ? (process.env.DRIFTBOOK_DEBUG ? error.stack : error.message) : error}\n`);
  process.exitCode = 1;
}
