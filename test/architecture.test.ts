import assert from "node:assert/strict";
import {cpSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {checkout, smallProject} from "./pipeline/small-project.ts";
import {ambientEffects, brokenRules, mayImport, roomsOf} from "./support/architecture.ts";

test("every import of the project is one that ARCHITECTURE.md allows", async () => {
  assert.deepEqual(await brokenRules(checkout), []);
});

test("the inner rooms and the loaders read no clock, no process, no network and no global generator", () => {
  assert.deepEqual(ambientEffects(checkout), []);
});

test("the rooms are the ones of the rules, and rules point downward", () => {
  assert.deepEqual(roomsOf(checkout), Object.keys(mayImport).sort());
  const below = (room: string, path: readonly string[] = []): void => {
    assert.ok(!path.includes(room), [...path, room].join(" → "));
    for (const next of mayImport[room] ?? []) below(next, [...path, room]);
  };
  for (const room of Object.keys(mayImport)) below(room);
});

test("ARCHITECTURE.md says of every room what the rules say", () => {
  const page = readFileSync(join(checkout, "ARCHITECTURE.md"), "utf8");
  for (const [room, names] of Object.entries(mayImport)) {
    const row = new RegExp(`^\\| \`${room}\` \\|.*\\| (.*) \\|$`, "m").exec(page);
    assert.ok(row !== null, `no row for ${room}`);
    const said = [...row[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    assert.deepEqual(said.sort(), [...names].sort(), room);
  }
});

const paper = "src/papers/power-law-escape";

/** Files with an import that is not allowed, each with the rules that must name it. */
const forbidden: readonly (readonly [file: string, source: string, broken: readonly string[]])[] = [
  ["src/numerics/a.ts", 'import {checkSeed} from "../random/index.ts";', ["numerics-imports: src/numerics/a.ts → src/random/index.ts"]],
  ["src/statistics/a.ts", 'import type {Tensor} from "../tensors/index.ts";', ["statistics-imports: src/statistics/a.ts → src/tensors/index.ts"]],
  ["src/models/a.ts", 'export * from "../dynamics/index.ts";', ["models-imports: src/models/a.ts → src/dynamics/index.ts"]],
  [`${paper}/a.ts`, 'import {openProject} from "../../pipeline/index.ts";', [`papers-imports: ${paper}/a.ts → src/pipeline/index.ts`]],
  ["src/site/a.ts", 'import "../papers/index.ts";', ["site-imports: src/site/a.ts → src/papers/index.ts"]],
  ["src/pipeline/a.ts", 'export const sections = async () => import("../papers/index.ts");', ["pipeline-imports: src/pipeline/a.ts → src/papers/index.ts"]],
  ["src/pipeline/b.ts", 'import {x} from "../papers/experiment.ts"; export const y = x;', ["pipeline-types-only: src/pipeline/b.ts → src/papers/experiment.ts"]],
  ["src/command-line/a.ts", 'import {tf} from "../tensors/index.ts";', ["command-line-imports: src/command-line/a.ts → src/tensors/index.ts"]],
  ["src/dynamics/a.ts", 'import {defineDynamics} from "../kernels/dynamics.ts";', ["doors: src/dynamics/a.ts → src/kernels/dynamics.ts"]],
  ["src/dynamics/b.ts", 'import {tf} from "../tensors/index.ts";', ["dynamics-imports: src/dynamics/b.ts → src/tensors/index.ts"]],
  ["src/kernels/a.ts", 'import {quantile} from "../statistics/index.ts";', ["kernels-imports: src/kernels/a.ts → src/statistics/index.ts"]],
  [`${paper}-two/a.ts`, 'import "../power-law-escape/parameters.ts";', [`doors-of-papers: ${paper}-two/a.ts → ${paper}/parameters.ts`]],
  ["src/setup/a.ts", 'import "./b.ts";', ["no-circles: src/setup/a.ts → src/setup/b.ts"]],
  ["src/setup/b.ts", 'import "./a.ts";', []],
  ["src/models/b.ts", 'import * as tf from "@tensorflow/tfjs-node";', ["only-tensors-reach-tensorflow: src/models/b.ts → node_modules/@tensorflow/tfjs-node/dist/index.js"]],
  ["src/random/a.ts", 'import {readFileSync} from "node:fs";', ["only-outer-rooms-reach-outside: src/random/a.ts → fs"]],
  ["src/data-sets/a.ts", 'import {spawn} from "child_process";', ["only-outer-rooms-reach-outside: src/data-sets/a.ts → child_process"]],
  ["src/tensors/a.ts", 'import process from "node:process";', ["tensors-reach-outside: src/tensors/a.ts → process"]],
  ["src/verdicts/a.ts", 'import "./gone.ts";', ["every-import-found: src/verdicts/a.ts → ./gone.ts"]],
  ["loaders/a.arrow.ts", 'import "../src/numerics/index.ts"; import "node:fs";', ["loaders-imports: loaders/a.arrow.ts → src/numerics/index.ts", "only-outer-rooms-reach-outside: loaders/a.arrow.ts → fs"]],
  ["loaders/b.arrow.ts", 'import "../src/pipeline/columns.ts";', ["doors-from-outside: loaders/b.arrow.ts → src/pipeline/columns.ts"]],
  ["docs/components/a.ts", 'import "../../src/verdicts/index.ts";', ["pages-imports: docs/components/a.ts → src/verdicts/index.ts"]]
];

const effects: readonly (readonly [file: string, source: string, found: string])[] = [
  ["src/numerics/clock.ts", "export const now = () => Date.now();", "src/numerics/clock.ts: Date"],
  ["src/kernels/clock.ts", "export const now = () => performance.now();", "src/kernels/clock.ts: performance."],
  ["src/dynamics/chance.ts", "export const x = Math.random();", "src/dynamics/chance.ts: Math.random"],
  ["loaders/home.arrow.ts", "export default process.env.HOME;", "loaders/home.arrow.ts: process.env"]
];

test("each forbidden import is named by its rule, each ambient effect by its file", async (t) => {
  const {root} = smallProject(t, Object.fromEntries([...forbidden, ...effects]));
  cpSync(join(checkout, "docs", "components"), join(root, "docs", "components"), {recursive: true});
  assert.deepEqual(await brokenRules(root), forbidden.flatMap(([, , broken]) => broken).sort());
  assert.deepEqual(ambientEffects(root), effects.map(([, , found]) => found).sort());
});
