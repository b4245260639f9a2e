import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {readdirSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {ensureChromium} from "../setup/index.ts";
import {setUp} from "./set-up.ts";

const require = createRequire(import.meta.url);

/** A process and the code that it ends with. */
interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number>;
}

function start(root: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, words, {cwd: root, stdio: "inherit", env: {...process.env, ...environment}});
  return {child, ended: new Promise((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? 1)))};
}

/** Test files that take longest, alone or with those that share their process: they go first, so that no core idles while the last one ends. */
const longest = [
  "report/built-report",
  "site/built-site",
  "pipeline/run-tables",
  "command-line/build-site",
  "command-line/commands",
  "kernels/back-ends-agree",
  "pipeline/killed-runs",
  "papers/power-law-escape/cells",
  "engine/native-agrees",
  "papers/heavy-tails/finite-data",
  "pipeline/what-reruns",
  "kernels/functions/exponential",
  "pipeline/parameter-mutations"
];

/** Every test file below `root`, the longest first. */
function testFiles(root: string): readonly string[] {
  const first = longest.map((name) => join("test", `${name}.test.ts`));
  const all = readdirSync(join(root, "test"), {recursive: true, encoding: "utf8"})
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("test", file))
    .sort();
  return [...first, ...all.filter((file) => !first.includes(file))];
}

/** Runs the test files, all of them by default, and checks the types of the whole project meanwhile, whose faults end it. */
export async function runSuite(root: string, files: readonly string[]): Promise<number> {
  await setUp(root);
  const chromium = await ensureChromium({log: (line) => console.error(line)});
  const tsx = pathToFileURL(require.resolve("tsx/esm")).href;
  const runner = join(import.meta.dirname, "run-test-files.ts");
  const tests = start(root, ["--import", tsx, runner, ...(files.length === 0 ? testFiles(root) : files)], {DRIFTBOOK_CHROMIUM: chromium});
  const types = await start(root, [require.resolve("typescript/bin/tsc"), "--noEmit", "-p", root]).ended;
  if (types !== 0) {
    tests.child.kill("SIGTERM");
    await tests.ended;
    console.error("the types do not fit: see above");
  }
  return types || (await tests.ended);
}
