import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {EventEmitter, once} from "node:events";
import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {onSignals} from "../../src/command-line/on-signals.ts";
import type {Interruption} from "../../src/command-line/on-signals.ts";
import {InterruptedError, openStore} from "../../src/pipeline/index.ts";
import {bareProject, checkout, experimentLoader} from "../pipeline/small-project.ts";
import {runCommands} from "./run-commands.ts";

/** Does work with a process whose signals the test gives. */
function listened(work: (interruption: Interruption, process: EventEmitter) => Promise<number>) {
  const process = new EventEmitter();
  const exits: number[] = [];
  const lines: string[] = [];
  const ended = onSignals((interruption) => work(interruption, process), {process: process as never, exit: (code) => void exits.push(code), log: (line) => void lines.push(line)});
  return {process, exits, lines, ended};
}

const codes = [
  ["SIGINT", 130],
  ["SIGTERM", 143]
] as const;

test("a signal stops what goes on and gives its exit code, however the work ends", async () => {
  for (const [signal, code] of codes)
    for (const end of [() => 0, () => 1, () => assert.fail("stopped")]) {
      const stopped: string[] = [];
      const {ended, exits, lines, process} = listened(async ({during, signal: came}, process) => {
        during(() => void stopped.push("first"));
        during(() => void stopped.push("released"))();
        assert.equal(came(), null);
        process.emit(signal);
        assert.equal(came(), signal);
        assert.throws(() => during(() => {}), InterruptedError);
        return end();
      });
      assert.equal(await ended, code);
      assert.deepEqual([stopped, exits, lines], [["first"], [], [`stopped by ${signal}: what is finished is kept; the same command goes on from there`]]);
      assert.deepEqual(process.eventNames(), []);
    }
});

test("a second signal ends the process at once, with the code of the first", async () => {
  const {ended, exits} = listened(async (_, process) => {
    process.emit("SIGTERM");
    process.emit("SIGINT");
    return 0;
  });
  assert.equal(await ended, 143);
  assert.deepEqual(exits, [143]);
});

test("without a signal the work's own end is kept", async () => {
  const {ended, process} = listened(async () => 3);
  assert.equal(await ended, 3);
  await assert.rejects(listened(() => Promise.reject(new Error("disk"))).ended, {message: "disk"});
  assert.deepEqual(process.eventNames(), []);
});

test("a run that a signal ends exits within 2 s, keeps what is finished, and goes on from there", async (t) => {
  const small = bareProject(t, {
    "loaders/slow.arrow.ts": experimentLoader(
      '["a", "b", "c"].map((name) => ({name, reads: name}))',
      'const {existsSync} = await import("node:fs"); const {join} = await import("node:path"); while (reads === "c" && !existsSync(join(import.meta.dirname, "..", "go"))) await new Promise((resolve) => setTimeout(resolve, 20)); return [{x: reads.charCodeAt(0)}];'
    )
  });
  const child = spawn(process.execPath, ["--import", "tsx/esm", join(checkout, "test", "command-line", "command-driver.ts"), small.root, '["tables"]'], {cwd: checkout, stdio: ["ignore", "pipe", "inherit"]});
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const closed = once(child, "close");
  const entries = () => openStore(small.project.storeFolder, () => {}).entries("slow").length;
  const claims = join(small.project.storeFolder, "claims");
  while (entries() < 2 || !existsSync(claims) || readdirSync(claims).filter((name) => name.startsWith("slow")).length !== 1) {
    assert.equal(child.exitCode, null);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const from = performance.now();
  child.kill("SIGTERM");
  await closed;
  assert.ok(performance.now() - from < 2000);
  const [ended] = JSON.parse(output) as {code: number; words: string}[];
  assert.equal(ended!.code, 143);
  assert.match(ended!.words, /stopped by SIGTERM: what is finished is kept; the same command goes on from there\n/);
  assert.equal(entries(), 2);
  small.write("go", "");
  const [resumed] = await runCommands(small, [["tables"]]);
  assert.equal(resumed!.code, 0, resumed!.words);
  assert.match(resumed!.words, /^tables \(quick\): 1 cell computed, 2 kept; 1 table new, 0 unchanged; /m);
});
