import {Command, CommanderError, InvalidArgumentError, Option} from "commander";
import {presets} from "../pipeline/index.ts";
import {checkPort} from "./check-port.ts";

const presetOption = () => new Option("--preset <name>", "the set of parameters to run").choices(presets).default("quick");
const portOption = (of: string, port: string) => new Option("--port <number>", `port of ${of}`).default(port).argParser(portText);
const parametersOption = () => new Option("--parameters <folder>", "read the parameter files of this folder instead of data/parameters");

function portText(text: string): string {
  try {
    return String(checkPort(text));
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/**
 * Runs one command of the project at `root` and resolves to the exit code:
 * 0 done, 1 failed, 2 a command or option that does not exist or a value it cannot have.
 */
export async function main(root: string, words: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command("driftbook").description("Five papers on the noise of stochastic gradient descent, reproduced as one report").exitOverride();
  const command = <O extends object>(name: string, description: string, run: (options: O, words: readonly string[]) => Promise<number>) =>
    program.command(name).description(description).action(async function (this: Command) {
      code = await run(this.opts() as O, this.args);
    });

  command("setup", "install what is missing: packages, the native tensor library", async () => (await import("./set-up.ts")).setUp(root));
  command<{preset: string; parameters?: string}>("build", "run the experiments that changed and build the site into dist/", async (options) => (await import("./build-site.ts")).buildSite(root, options)).addOption(presetOption()).addOption(parametersOption());
  command<{preset: string; parameters?: string; port: string}>("dev", "show the site live and follow every edit", async (options) => (await import("./preview-site.ts")).previewSite(root, options)).addOption(presetOption()).addOption(parametersOption()).addOption(portOption("the preview", "3000"));
  command<{port: string}>("serve", "serve dist/ on 127.0.0.1", async (options) => (await import("./serve-published.ts")).servePublished(root, options)).addOption(portOption("the site", "4173"));
  command<{preset: string; parameters?: string; manifest?: string}>("tables", "bring result tables up to date, all of them by default", async (options, names) => (await import("./update-tables.ts")).updateTables(root, names, options)).argument("[names...]", "tables, by the name of their loader").addOption(presetOption()).addOption(parametersOption()).option("--manifest <file>", "write which object holds each table to this file");
  command("test", "check types and run every test", async (_options, files) => (await import("./run-suite.ts")).runSuite(root, files)).argument("[files...]", "test files, all of them by default");
  command<{installPeers?: boolean}>("bench", "measure the engine beside its peers", async (options, words) => (await import("./run-bench.ts")).runBench(root, options, words)).option("--install-peers", "install the peers, in .cache/bench-peers").allowUnknownOption().argument("[options...]", "--workload W1,gram --rounds 5 --no-peers --no-scaling --output FILE");
  command("schemas", "write the JSON Schemas of the parameter files", async () => (await import("./write-schemas.ts")).writeSchemas(root));

  try {
    await program.parseAsync(words, {from: "user"});
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return code;
}
