import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {cpSync, mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {candidatesOf} from "../../src/command-line/candidates.mjs";
import {completionScript} from "../../src/command-line/completion-script.ts";
import {openStore} from "../../src/pipeline/index.ts";
import {sha256} from "../../src/pipeline/store/index.ts";
import {checkout, temporaryFolder} from "../pipeline/small-project.ts";

const parameters = {
  "heavy-tails": {seed: 7, sections: {tailTrends: {chains: 400, stepSizes: [0.4, 0.5], base: {dimension: 10}}, lawFits: {}}},
  "power-law-escape": {seed: 0, sections: {}}
};
const tables = {"tails-trends": {paper: "heavy-tails", section: "tailTrends"}, "verdicts": {paper: null, section: null}};

/** A folder with what a run left beside its store. */
function described(t: {after(undo: () => void): void}, name = "project"): string {
  const root = join(temporaryFolder(t), name);
  const folder = join(root, ".cache", "store");
  const store = openStore(folder, assert.fail);
  for (const name of ["latest-quick", "big-step"]) store.keepRun({version: 1, name, tables: {}, entries: []});
  const body = JSON.stringify({code: "", tables, parameters, sources: {}});
  mkdirSync(join(folder, "descriptions"));
  cpSync(join(checkout, "src", "command-line"), join(root, "src", "command-line"), {recursive: true});
  writeFileSync(join(folder, "descriptions", "a.json"), `${sha256(Buffer.from(body))}\n${body}`);
  return root;
}

const expected: readonly (readonly [words: readonly string[], candidates: readonly string[]])[] = [
  [["ve"], ["verify"]],
  [["s"], ["schemas", "serve", "setup", "store"]],
  [["help", "pl"], ["plan"]],
  [["plan", ""], ["heavy-tails", "heavy-tails.tailTrends", "tails-trends", "verdicts"]],
  [["tables", "tails-trends", "heavy-tails.t"], ["heavy-tails.tailTrends"]],
  [["plan", "--s"], ["--set"]],
  [["prune", "--"], ["--dry-run", "--help", "--json"]],
  [["build", "--preset", ""], ["full", "quick"]],
  [["build", "--preset=f"], ["--preset=full"]],
  [["build", "--name", ""], ["big-step"]],
  [["plan", "--set", ""], ["heavy-tails.", "power-law-escape."]],
  [["plan", "--set", "heavy-tails."], ["heavy-tails.lawFits.", "heavy-tails.seed=", "heavy-tails.tailTrends."]],
  [["plan", "--set", "heavy-tails.tailTrends."], ["heavy-tails.tailTrends.base.", "heavy-tails.tailTrends.chains=", "heavy-tails.tailTrends.stepSizes=", "heavy-tails.tailTrends.stepSizes["]],
  [["plan", "--set", "heavy-tails.tailTrends.stepSizes["], ["heavy-tails.tailTrends.stepSizes[0]=", "heavy-tails.tailTrends.stepSizes[1]="]],
  [["plan", "--set", "heavy-tails.tailTrends.chains="], ["heavy-tails.tailTrends.chains=400"]],
  [["plan", "--set=heavy-tails.s"], ["--set=heavy-tails.seed="]],
  [["plan", "--set", "__proto__."], []],
  [["plan", "--set", "heavy-tails.constructor."], []],
  [["diff", "b"], ["big-step"]],
  [["diff", "big-step", "la"], ["latest", "latest-quick"]],
  [["forget", ""], ["big-step"]],
  [["complete", ""], ["bash", "fish", "zsh"]],
  [["test", ""], []],
  [["nothing", ""], []]
];

test("commands, options, tables, parameters with their values, runs and presets complete, by what the last run left", (t) => {
  const root = described(t);
  for (const [words, candidates] of expected) assert.deepEqual(candidatesOf(root, words), candidates, words.join(" "));
  assert.deepEqual(candidatesOf(root, []), candidatesOf(root, [""]));
});

test("where nothing was run, or what it left is damaged, names of commands complete and nothing fails", (t) => {
  const root = described(t);
  writeFileSync(join(root, ".cache", "store", "descriptions", "a.json"), "half");
  assert.deepEqual(candidatesOf(root, ["plan", ""]), []);
  assert.deepEqual(candidatesOf(root, ["plan", "--set", "heavy-tails."]), []);
  assert.deepEqual(candidatesOf(temporaryFolder(t), ["pl"]), ["plan"]);
});

/** Runs a shell with the completion of a project and gives what it says. */
function inShell(shell: string, root: string, lines: string): readonly string[] {
  const {stdout, stderr, status, error} = spawnSync(shell, ["-c", `${completionScript(root, shell)}\n${lines}`], {encoding: "utf8"});
  assert.deepEqual([error, status, stderr], [undefined, 0, ""]);
  return stdout.split("\n").filter((line) => line !== "");
}

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).error === undefined;

test("bash completes the word at the cursor, also behind =, in a folder whose name needs quotes", (t) => {
  const root = described(t, "it's a $(project)");
  const complete = (line: string) => inShell("bash", root, `COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}; compopt() { printf 'no space\\n'; }; _driftbook; printf '%s\\n' "\${COMPREPLY[@]}"`);
  assert.deepEqual(complete("driftbook ver"), ["verify"]);
  assert.deepEqual(complete("driftbook plan --set heavy-tails.see"), ["no space", "heavy-tails.seed="]);
  assert.deepEqual(complete("driftbook plan --set heavy-tails.seed="), ["7"]);
  assert.deepEqual(complete("driftbook plan --preset=f"), ["full"]);
  assert.deepEqual(complete("driftbook diff big-step "), ["big-step", "latest", "latest-quick"]);
  assert.deepEqual(complete("driftbook test "), []);
  assert.deepEqual(inShell("bash", root, "complete -p driftbook"), ["complete -o default -F _driftbook driftbook"]);
});

const ifPresent = (shell: string): typeof test | (() => void) => (has(shell) ? test : () => {});

ifPresent("zsh")("zsh completes the word at the cursor, also a quoted one", (t: TestContext) => {
  const root = described(t);
  const complete = (words: string, prefix: string) => {
    const {stdout} = spawnSync("zsh", ["-fc", `compdef() { :; }; _files() { print files; }; compadd() { shift $(( \${@[(i)--]} )); print -l -- "$@"; }\n${completionScript(root, "zsh")}\nwords=(${words}); CURRENT=$#words; PREFIX=${prefix}; _driftbook`], {encoding: "utf8"});
    return stdout.trim().split("\n");
  };
  assert.deepEqual(complete("driftbook ver", "ver"), ["verify"]);
  assert.deepEqual(complete("driftbook plan --set heavy-tails.tailTrends.", "heavy-tails.tailTrends."), ["heavy-tails.tailTrends.base.", "heavy-tails.tailTrends.chains=", "heavy-tails.tailTrends.stepSizes=", "heavy-tails.tailTrends.stepSizes["]);
  assert.deepEqual(complete("driftbook plan --set x", "'heavy-tails.tailTrends.stepSizes\\['"), ["heavy-tails.tailTrends.stepSizes[0]=", "heavy-tails.tailTrends.stepSizes[1]="]);
  assert.deepEqual(complete("driftbook test ''", "''"), ["files"]);
});

ifPresent("fish")("fish completes the word at the cursor, with files where only the shell knows and nowhere else", (t: TestContext) => {
  const root = described(t);
  const complete = (line: string) => inShell("fish", root, `cd ${JSON.stringify(root)}; complete -C '${line}'`);
  assert.deepEqual(complete("driftbook ver"), ["verify"]);
  assert.deepEqual(complete("driftbook plan --set heavy-tails.seed="), ["heavy-tails.seed=7"]);
  assert.deepEqual(complete("driftbook test "), ["src/"]);
});
