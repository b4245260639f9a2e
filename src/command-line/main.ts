import {CommanderError} from "commander";
import type {CommandName} from "./commands.mjs";
import {exitCodeOf, exitCodes} from "./exit-codes.ts";
import {buildProgram} from "./program.ts";
import type {Handler} from "./program.ts";

/** What each command runs; its modules are loaded when it is called. */
function handlersOf(root: string): Readonly<Record<CommandName, Handler>> {
  return {
    setup: async () => (await import("./set-up.ts")).setUp(root),
    build: async (options) => (await import("./build-site.ts")).buildSite(root, options),
    dev: async (options) => (await import("./preview-site.ts")).previewSite(root, options),
    serve: async (options) => (await import("./serve-published.ts")).servePublished(root, options),
    tables: async (options, words) => (await import("./update-tables.ts")).updateTables(root, words, options),
    plan: async (options, words) => (await import("./plan-tables.ts")).planTables(root, words, options),
    verify: async (options) => (await import("./verify-results.ts")).verifyResults(root, options),
    diff: async (options, names) => (await import("./diff-runs.ts")).diffRuns(root, names, options),
    runs: async (options) => (await import("./show-runs.ts")).showRuns(root, options),
    forget: async (_options, [name]) => (await import("./forget-run.ts")).forgetRun(root, name!),
    store: async (options) => (await import("./show-store.ts")).showStore(root, options),
    prune: async (options) => (await import("./prune-results.ts")).pruneResults(root, options),
    complete: async (_options, [shell]) => (await import("./completion-script.ts")).printCompletionScript(root, shell!),
    schemas: async () => (await import("./write-schemas.ts")).writeSchemas(root),
    test: async (_options, files) => (await import("./run-suite.ts")).runSuite(root, files),
    bench: async (options, words) => (await import("./run-bench.ts")).runBench(root, options, words)
  };
}

/**
 * Runs one command of the project at `root` and resolves to its exit code, with
 * what went wrong on standard error: 0 done, 1 something failed, 2 wrong usage or
 * bad input, 3 a verification found a difference or damage, 130 and 143 ended
 * by SIGINT and SIGTERM.
 */
export async function main(root: string, words: readonly string[]): Promise<number> {
  let code: number = exitCodes.done;
  try {
    await buildProgram(handlersOf(root), (ended) => (code = ended)).parseAsync(words, {from: "user"});
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
    const {plainText} = await import("../pipeline/index.ts");
    const text = error instanceof Error ? (process.env["DRIFTBOOK_DEBUG"] === undefined ? error.message : error.stack) : String(error);
    process.stderr.write(`driftbook: ${String(text).split("\n").map(plainText).join("\n")}\n`);
    return exitCodeOf(error);
  }
  return code;
}
