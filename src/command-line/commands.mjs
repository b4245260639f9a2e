/** The options of all commands, by their names. */
export const options = {
  preset: {flags: "--preset <name>", description: "the set of parameters to run", values: "preset"},
  set: {flags: "--set <paper.section.field=value>", description: "take this value instead of the one in the parameter file; may be given again", values: "setting"},
  name: {flags: "--name <run>", description: "keep the run under this name, to compare others with", values: "named run"},
  parameters: {flags: "--parameters <folder>", description: "read the parameter files of this folder instead of data/parameters", values: "file"},
  json: {flags: "--json", description: "print one JSON document on standard output and nothing else there", values: null},
  manifest: {flags: "--manifest <file>", description: "write which object holds each table to this file", values: "file"},
  sample: {flags: "--sample <n>", description: "how many cells to run again, 0 for none", values: null},
  seed: {flags: "--seed <s>", description: "chooses the cells: the same seed, the same cells", values: null},
  dryRun: {flags: "--dry-run", description: "say what would be removed, and remove nothing", values: null},
  previewPort: {flags: "--port <number>", description: "port of the preview", values: null, initial: "3000"},
  sitePort: {flags: "--port <number>", description: "port of the site", values: null, initial: "4173"},
  installPeers: {flags: "--install-peers", description: "install the peers, in .cache/bench-peers", values: null},
};

const tables = {name: "[words...]", description: "tables, papers, or sections as paper.section; all tables by default", values: "table"};

/** The commands, in the order in which help lists them. */
export const commands = [
  {name: "setup", description: "install what is missing: packages, the native tensor library", options: [], example: "setup"},
  {name: "build", description: "run the cells that changed and build the site into dist/", options: ["preset", "set", "name", "parameters", "json"], example: "build -- --set heavy-tails.seed=7 --name another-seed"},
  {name: "dev", description: "show the site live and follow every edit", options: ["preset", "set", "parameters", "previewPort"], example: "dev -- --port 3001"},
  {name: "serve", description: "serve dist/ on 127.0.0.1", options: ["sitePort"], example: "serve"},
  {name: "tables", description: "bring result tables up to date", argument: tables, options: ["preset", "set", "name", "parameters", "manifest", "json"], example: "tables -- heavy-tails"},
  {name: "plan", description: "say what a run would compute, why, and how long it takes, without running it", argument: tables, options: ["preset", "set", "parameters", "json"], example: "plan -- heavy-tails --set heavy-tails.seed=7"},
  {name: "diff", description: "say what sets two runs apart: parameters, verdicts, tables", argument: {name: "<runs...>", description: "two kept runs, by name; latest is the last run of the preset without settings", values: "run"}, options: ["preset", "json"], example: "diff -- latest another-seed"},
  {name: "runs", description: "list the kept runs", options: ["json"], example: "runs"},
  {name: "forget", description: "forget a kept run, so that prune may remove what it alone needs", argument: {name: "<run>", description: "its name", values: "named run"}, options: [], example: "forget -- another-seed"},
  {name: "verify", description: "check everything that is stored and run a random sample of cells again to compare bytes", options: ["sample", "seed", "preset", "parameters", "json"], example: "verify -- --sample 20"},
  {name: "store", description: "say how much is stored", options: ["json"], example: "store"},
  {name: "prune", description: "remove what is stored and no kept run needs, and the folders of ended previews", options: ["dryRun", "json"], example: "prune -- --dry-run"},
  {name: "complete", description: "print the completion of a shell", argument: {name: "<shell>", description: "bash, zsh or fish", values: "shell"}, options: [], example: null},
  {name: "schemas", description: "write the JSON Schemas of the parameter files", options: [], example: "schemas"},
  {name: "test", description: "check types and run tests", argument: {name: "[files...]", description: "test files, all of them by default", values: "file"}, options: [], example: "test -- test/kernels/generators/philox.test.ts"},
  {name: "bench", description: "measure the engine beside its peers", argument: {name: "[options...]", description: "--workload W1,gram --rounds 5 --no-peers --no-scaling --output FILE", values: "file"}, options: ["installPeers"], example: "bench -- --rounds 5"},
];

/** The presets of parameter files. */
export const presets = ["quick", "full"];

/** The shells that completion is written for. */
export const shells = ["bash", "zsh", "fish"];
