import assert from "node:assert/strict";
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {readManifest} from "../../src/pipeline/index.ts";
import {filesBelow} from "../pipeline/small-project.ts";
import {decayFile, decayProject} from "./decay-project.ts";
import {runCommands} from "./run-commands.ts";

const setting = "small.decay.rates[1]=0.75";

/** Text with every duration and number of workers made equal. */
const timeless = (text: string): string => text.replace(/less than 0\.1 s|(about )?\d+(\.\d)? s\b/g, "T").replace(/T on \d+ workers?/, "T on W workers");

test("a value is planned, run beside the last run, compared with it, verified and forgotten; pruning keeps what kept runs need", async (t) => {
  const small = decayProject(t);
  const manifest = join(small.root, "manifest.json");
  const [first, ran, planned, json, named, again, diff, runs, back, sound, sample, stored, wouldPrune, pruned, forgotten, none] = await runCommands(small, [
    ["plan"],
    ["tables", "--manifest", manifest],
    ["plan", "--set", setting],
    ["plan", "small.decay", "--set", setting, "--json"],
    ["tables", "--set", setting, "--name", "big-step"],
    ["plan", "--set", setting],
    ["diff", "latest", "big-step"],
    ["runs"],
    ["tables", "--json"],
    ["verify", "--sample", "0"],
    ["verify", "--json", "--sample", "1", "--seed", "1"],
    ["store"],
    ["prune", "--dry-run"],
    ["prune", "--json"],
    ["forget", "big-step"],
    ["runs", "--json"]
  ]);

  assert.deepEqual([first!.code, first!.words], [0, ""]);
  assert.equal(
    first!.output,
    `no run of this preset is known yet

to compute:
  small.decay
    2 cells of decay: its table was never computed · time not known yet
  small.growth
    1 cell of growth: its table was never computed · time not known yet
  tables without parameters
    verdicts: its table was never computed · time not known yet

unchanged: 0 tables, 0 cells kept
in all: time not known yet
`
  );
  assert.deepEqual([ran!.code, ran!.output], [0, ""]);
  assert.deepEqual([readManifest(manifest).run.preset, Object.keys(readManifest(manifest).run.tables)], ["quick", ["decay", "growth", "verdicts"]]);
  assert.match(ran!.words, /^tables \(quick\): 4 cells computed, 0 kept; 3 tables new, 0 unchanged; \d+\.\d s$/m);

  assert.equal(
    timeless(planned!.output),
    `1 value changed since the last run:
  small.decay.rates[1]: 0.25 → 0.75

to compute:
  small.decay
    1 cell of decay: new in the sweep · T

perhaps, if the rows that they read change:
  tables without parameters: verdicts · T

unchanged: 1 table, 3 cells kept
in all: T of work, T on W workers
`
  );
  const plan = JSON.parse(json!.output);
  assert.deepEqual(plan.changes, [{paper: "small", path: "decay.rates[1]", first: 0.25, second: 0.75}]);
  assert.deepEqual(plan.tables.map(({table, status, known}: {table: string; status: string; known: number}) => [table, status, known]), [["decay", "computed", 1]]);
  assert.deepEqual(plan.tables[0].pieces.map(({cell, range}: {cell: string; range: null}) => [cell, range]), [["rate 0.75", null]]);

  assert.match(named!.words, /^tables \(quick\): 1 cell computed, 3 kept; 2 tables new, 1 unchanged; .*\nkept as big-step\n$/m);
  assert.match(again!.output, /^1 value changed since the last run:\n {2}small\.decay\.rates\[1\]: 0\.25 → 0\.75\n\nunchanged: 3 tables, 4 cells kept\nnothing is to be computed\n$/);
  assert.deepEqual([diff!.code, diff!.words], [0, ""]);
  assert.equal(
    diff!.output,
    `  first   latest-quick  quick
  second  big-step      quick

1 parameter differs:
  small  decay.rates[1]  0.25  →  0.75

1 verdict changed:
  small.sum  reproduced  →  not reproduced  2.75 [1.75, 3.75] → 3.25 [2.25, 4.25]

2 tables differ:
  decay
  verdicts
`
  );
  assert.match(runs!.output, /^big-step {2}quick {2}3 tables {2}\d+\.\d kB {2}1 parameter other than the last run of quick\n$/);
  const result = JSON.parse(back!.output);
  assert.deepEqual(result, {preset: "quick", name: null, cells: {computed: 0, kept: 4}, tables: {computed: [], unchanged: ["decay", "growth", "verdicts"], failed: []}, seconds: result.seconds});
  assert.equal(sound!.code, 0);
  assert.match(sound!.output, /^\d+ objects \(\d+\.\d kB\), \d+ index entries, 2 kept runs: all sound\n$/);
  assert.equal(sample!.code, 0);
  const verified = JSON.parse(sample!.output);
  assert.deepEqual([verified.sample.seed, verified.sample.cells.length, verified.store.damagedObjects], [1, 1, []]);
  assert.match(stored!.output, /^\d+ objects, .* kB; \d+ index entries\n {2}big-step needs .* kB\n {2}latest-quick needs .* kB\n\d+ records of code, .* kB\n0 B that no kept run needs\n$/);
  assert.equal(wouldPrune!.output, "would remove 0 objects, 0 index entries, 0 damaged files, 0 records of code and 0 folders of ended previews: 0 B\n");
  assert.deepEqual(JSON.parse(pruned!.output), {removedObjects: 0, removedEntries: 0, removedQuarantined: 0, removedCodeRecords: 0, removedPreviews: 0, freedBytes: 0});

  assert.deepEqual([forgotten!.code, forgotten!.output, forgotten!.words], [0, "", "forgot the run big-step; npm run prune removes what it alone needed\n"]);
  assert.deepEqual(JSON.parse(none!.output), []);
});

test("bad input is refused with code 2 and the nearest name, before anything is computed", async (t) => {
  const small = decayProject(t, {"wrong/small.jsonc": decayFile.replace('"shift": 1', '"shift": "much"')});
  const hostile = ["../x", "/etc/passwd", "%2e%2e", "a\u0000", "x".repeat(300)];
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["tables", "decai"], /^driftbook: tables: expected a table, a paper or a section of one, found "decai"; did you mean decay\?\n$/],
    [["plan", "small.growt"], /found "small\.growt"; did you mean small\.growth\?\n$/],
    [["plan", "--set", "small.decay.rate=1"], /^driftbook: --set small\.decay\.rate=1: unknown name: did you mean rates\?\n$/],
    [["tables", "--set", "smal.decay.rates=1"], /^driftbook: --set smal\.decay\.rates: unknown paper: did you mean small\?\n$/],
    [["tables", "--set", "small.growth.runs"], /^driftbook: --set: expected paper\.section\.field=value, found "small\.growth\.runs"\n$/],
    [["tables", "--parameters", join(small.root, "wrong")], /^driftbook: small\.jsonc:1:55 quick\.decay\.shift: expected a number, found "much" \(text\)\n$/],
    [["tables", "--parameters", join(small.root, "nowhere")], /^driftbook: --parameters: expected a folder of parameter files, found none at /],
    [["build", "--name", "latest-quick"], /^driftbook: run: expected a name that does not begin with latest-/],
    [["tables", "--name", "latest"], /^driftbook: run: expected a name other than "latest", which is the last run of a preset\n$/],
    [["forget", "latest"], /^driftbook: run: expected a name other than "latest"/],
    [["forget", "big-step"], /^driftbook: run: expected a kept run, and none is kept, found "big-step"\n$/],
    [["diff", "latest", "big-step"], /^driftbook: run: expected a kept run, and none is kept, found "latest-quick"\n$/],
    [["diff", "latest"], /^driftbook: diff: expected two runs, found 1\n$/],
    [["plan", "--set", "small.decay.\u009b2J\u202e=1"], /^driftbook: --set small\.decay\."\\u\{9b\}2J\\u\{202e\}"=1: unknown name: expected one of rates, shift, unread\n$/],
    ...hostile.map((name) => [["tables", "--name", name], /^driftbook: run: expected a (kebab-case )?name (such as|of at most)/] as const),
    ...hostile.map((name) => [["forget", name], /^driftbook: run: expected a (kebab-case )?name (such as|of at most)/] as const),
    ...hostile.map((name) => [["tables", name], /^driftbook: tables: expected a table, a paper or a section of one, by a name such as .*, found /] as const)
  ];
  const ended = await runCommands(small, refused.map(([words]) => words));
  for (const [i, {code, output, words}] of ended.entries()) {
    assert.deepEqual([code, output], [2, ""], refused[i]![0].join(" "));
    assert.match(words, refused[i]![1]);
  }
  const kept = filesBelow(small.project.storeFolder).filter((file) => /^(objects|index|runs)\//.test(file));
  assert.deepEqual(kept, []);
});

test("verification finds damage and cells that give other bytes, with code 3", async (t) => {
  const small = decayProject(t);
  small.write("loaders/decay.arrow.ts", readFileSync(join(small.root, "loaders/decay.arrow.ts"), "utf8").replace("reads.rate + reads.shift", "reads.rate + reads.shift + Math.random()"));
  const [computed, differs] = await runCommands(small, [["tables", "--name", "random"], ["verify", "--sample", "20"]]);
  assert.equal(computed!.code, 0);
  assert.equal(differs!.code, 3);
  assert.match(differs!.output, /all sound\n5 cells run again: 2 differ\n( {2}decay, cell "rate 0\.2?5": differs: row 0, column x: \d\.\d+ is kept, \d\.\d+ was computed\n){2}$/);

  const store = small.project.storeFolder;
  const {decay} = JSON.parse(readFileSync(join(store, "runs", "random.json"), "utf8")).tables as Record<string, {object: string}>;
  const path = join(store, "objects", decay!.object.slice(0, 2), decay!.object);
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
  const [entry] = readdirSync(join(store, "index", "growth"), {recursive: true, encoding: "utf8"}).filter((file) => file.endsWith(".json"));
  writeFileSync(join(store, "index", "growth", entry!), "{}");
  const [damaged] = await runCommands(small, [["verify", "--sample", "0"]]);
  assert.equal(damaged!.code, 3);
  assert.match(damaged!.output, new RegExp(`: damaged\ndamaged objects, set aside in quarantine:\n {2}${decay!.object}\ndamaged index entries, set aside in quarantine:\n {2}growth/.*\nobjects that are missing:\n {2}${decay!.object} of decay/.*\n {2}${decay!.object} of run latest-quick\n {2}${decay!.object} of run random\nthe next run computes what it needs of the damaged again\n$`));
});

test("tables run under a preset and a folder of parameters; one that fails leaves the others, and the run is not kept", async (t) => {
  const throws = 'export default {title: "Nothing", inputs: [], parameters: null, columns: {x: {type: "real", description: "A number", nullable: false}}, imageSets: () => [], experiment: null, run: () => { throw new Error("the chain diverged"); }};\n';
  const small = decayProject(t, {"mine/small.jsonc": decayFile.replace('"shift": 2', '"shift": 4'), "loaders/throws.arrow.ts": throws});
  const manifest = join(small.root, "manifest.json");
  const [ended] = await runCommands(small, [["tables", "decay", "throws", "--preset", "full", "--parameters", join(small.root, "mine"), "--name", "mine", "--manifest", manifest]]);
  assert.deepEqual([ended!.code, ended!.output], [1, ""]);
  assert.match(ended!.words, /table throws failed: Error: the chain diverged\n[^]*\n {4}parameters: none\ntables \(full\): 2 cells computed, 0 kept; 1 table new, 0 unchanged, 1 failed; .*\nthe run was not kept as mine, since 1 table failed\n$/);
  const {run} = readManifest(manifest);
  assert.deepEqual([run.preset, run.name, run.parameters["small"]!.sections["decay"]], ["full", "mine", {rates: [0.5, 0.25], shift: 4, unread: 3}]);
});
