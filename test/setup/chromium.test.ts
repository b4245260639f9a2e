import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { chromiumEffects } from "../../src/setup/chromium.ts";
import type { ChromiumEffects } from "../../src/setup/chromium.ts";
import { ensureChromium } from "../../src/setup/index.ts";
import { done, failed, missing } from "./fake-machine.ts";

const log = (): void => undefined;
const bin = path.join(path.sep, "bin");
const chromium = path.join(bin, "chromium");
const ownDownload = path.join(path.sep, "cache", "chrome");

interface Machine {
  readonly effects: ChromiumEffects;
  readonly ran: string[];
  readonly present: Set<string>;
}

const machine = (changes: Partial<ChromiumEffects> = {}, present: readonly string[] = []): Machine => {
  const ran: string[] = [];
  const there = new Set(present);
  const effects: ChromiumEffects = {
    ...chromiumEffects,
    environment: { PATH: [path.join(path.sep, "empty"), bin].join(path.delimiter) },
    isRoot: true,
    isExecutable: (file) => there.has(file),
    playwrightExecutable: () => ownDownload,
    playwrightCommandLine: () => "cli.js",
    run: async (program, args) => {
      ran.push([path.basename(program), ...args].join(" "));
      if (args[0] === "install" && program === "apt-get") there.add(chromium);
      if (args[1] === "install") there.add(ownDownload);
      return done;
    },
    ...changes,
  };
  return { effects, ran, present: there };
};

const installs = (ran: readonly string[]): readonly string[] => ran.filter((line) => line.includes("install"));

test("the executable that DRIFTBOOK_CHROMIUM names comes first", async () => {
  const { effects, ran } = machine({ environment: { DRIFTBOOK_CHROMIUM: "/mine", PATH: bin } }, ["/mine", chromium]);
  assert.equal(await ensureChromium({ log }, effects), "/mine");
  assert.deepEqual(ran, []);
});

test("a wrong DRIFTBOOK_CHROMIUM is refused by name", async () => {
  const { effects } = machine({ environment: { DRIFTBOOK_CHROMIUM: "/gone", PATH: bin } }, [chromium]);
  await assert.rejects(ensureChromium({ log }, effects), {
    name: "SetupError",
    message: 'DRIFTBOOK_CHROMIUM: expected the path of a Chromium executable, found "/gone"',
  });
});

test("a browser on the PATH is taken before playwright-core's own, by name before folder", async () => {
  const chrome = path.join(path.sep, "empty", "google-chrome");
  const { effects, ran } = machine({}, [chrome, chromium, ownDownload]);
  assert.equal(await ensureChromium({ log }, effects), chromium);
  assert.deepEqual(installs(ran), []);
});

test("a placeholder that does not start is passed over", async () => {
  const placeholder = path.join(bin, "chromium-browser");
  const { effects } = machine(
    { run: async (program) => (program === placeholder ? failed("requires the snap") : done) },
    [placeholder, ownDownload],
  );
  assert.equal(await ensureChromium({ log }, effects), ownDownload);
});

test("as root with apt-get, the Debian package is installed", async () => {
  const { effects, ran } = machine();
  assert.equal(await ensureChromium({ log }, effects), chromium);
  assert.deepEqual(ran.slice(0, 3), [
    "apt-get --version",
    "apt-get update",
    "apt-get install -y --no-install-recommends chromium",
  ]);
});

test("without root, playwright-core downloads its own", async () => {
  const { effects, ran } = machine({ isRoot: false });
  assert.equal(await ensureChromium({ log }, effects), ownDownload);
  assert.ok(!ran.some((line) => line.startsWith("apt-get")));
});

test("without apt-get, playwright-core downloads its own", async () => {
  const { effects, present } = machine();
  const run: ChromiumEffects["run"] = async (program) => {
    if (program === "apt-get") return missing;
    present.add(ownDownload);
    return done;
  };
  assert.equal(await ensureChromium({ log }, { ...effects, run }), ownDownload);
});

test("if nothing can be installed, one line names DRIFTBOOK_CHROMIUM and each failure", async () => {
  const { effects } = machine({
    run: async (_program, args) => (args[0] === "--version" ? done : failed("first\nE: no network\n")),
  });
  await assert.rejects(ensureChromium({ log }, effects), (error: Error) => {
    assert.equal(error.name, "SetupError");
    assert.match(error.message, /^Chromium: none found .* set DRIFTBOOK_CHROMIUM to its executable \(/);
    assert.match(error.message, /apt-get install -y: E: no network; node(\.exe)? cli\.js install: E: no network\)$/);
    assert.ok(!error.message.includes("\n"));
    return true;
  });
});

test("an installer that succeeds without a browser is a failure", async () => {
  const { effects } = machine({ run: async () => done });
  await assert.rejects(ensureChromium({ log }, effects), { name: "SetupError", message: /^Chromium: none found/ });
});
