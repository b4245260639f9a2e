import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import * as kernels from "../../src/kernels/index.ts";
import {catalogueChecksums, checksumCatalogue} from "./checksum-catalogue.ts";

const committed = JSON.parse(readFileSync(join(import.meta.dirname, "checksums.json"), "utf8")) as Readonly<Record<string, string>>;
const printer = join(import.meta.dirname, "print-checksums.ts");

test("the results of the catalogue have the committed checksums", async () => {
  assert.deepEqual(await catalogueChecksums(checksumCatalogue(kernels), kernels.ensemblesHere), committed);
});

for (const flag of ["--liftoff-only", "--no-liftoff"])
  test(`the checksums are the same of code that V8 compiled with ${flag}`, () => {
    const {status, stdout, stderr} = spawnSync(process.execPath, [flag, "--import", "tsx", printer], {encoding: "utf8", env: {...process.env, NODE_OPTIONS: ""}});
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), committed);
  });

test("each entry answers to its key: another key, another checksum", async () => {
  const other = (request: object) => ({...request, key: [1, 2]}) as never;
  const changed = await catalogueChecksums(checksumCatalogue(kernels), {
    simulate: (dynamics, request, options) => kernels.ensemblesHere.simulate(dynamics, other(request), options),
    firstPassages: (dynamics, request, options) => kernels.ensemblesHere.firstPassages(dynamics, other(request), options)
  });
  for (const [name, checksum] of Object.entries(committed)) assert.notEqual(changed[name], checksum, name);
});
