import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import * as fs from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {gunzipSync, gzipSync} from "node:zlib";
import fc from "fast-check";
import {MalformedDataError} from "../../src/data-sets/index.ts";
import {dataFile, readDataFile, readDigits, readMnistTest} from "../../src/pipeline/data-files.ts";
import type {DataEffects} from "../../src/pipeline/data-files.ts";
import {publishedData} from "../../src/pipeline/data-published.ts";
import {corruption} from "../data-sets/corruptions.ts";

const root = join(import.meta.dirname, "..", "..");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const imagesFile = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 10, 20, 30, 255);
const labelsFile = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 4);
const published = {
  digits: publishedData.digits,
  "mnist-images": {sha256: sha256(imagesFile), length: imagesFile.length},
  "mnist-labels": {sha256: sha256(labelsFile), length: labelsFile.length},
};

const neverFetch = () => Promise.reject(new Error("unexpected request"));

function temporaryFolder(t: TestContext): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "driftbook-data-"));
  t.after(() => fs.rmSync(folder, {recursive: true}));
  return folder;
}

function effectsIn(folder: string, changes: Partial<DataEffects> = {}): DataEffects {
  return {files: fs, fetch: neverFetch, environment: {}, cacheFolder: join(folder, "cache"), published, timeoutSeconds: 60, ...changes};
}

const namedFolder = (folder: string) => effectsIn(folder, {environment: {DRIFTBOOK_MNIST: folder}});

test("the digits that come with the project are the published ones", async () => {
  const digits = await readDigits({root});
  const counts = Array(10).fill(0);
  for (const label of digits.labels) counts[label]++;
  assert.deepEqual(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  assert.equal(digits.pixels.reduce((sum, pixel) => sum + pixel, 0), 561_718);
  assert.equal(dataFile("digits", {root}).sha256, publishedData.digits.sha256);
});

test("the MNIST test set parses as 10,000 labelled images, or a synthetic one where it is not at hand", async (t) => {
  const beside = join(root, "..", "shared", "data", "mnist");
  const folder = process.env.DRIFTBOOK_MNIST ?? (fs.existsSync(beside) ? beside : undefined);
  const synthetic = temporaryFolder(t);
  fs.writeFileSync(join(synthetic, "t10k-images-idx3-ubyte.gz"), gzipSync(imagesFile));
  fs.writeFileSync(join(synthetic, "t10k-labels-idx1-ubyte"), labelsFile);
  const effects = folder === undefined ? namedFolder(synthetic) : {...namedFolder(folder), published: publishedData};
  const {count, height, width, labels} = await readMnistTest({root}, effects);
  assert.deepEqual([count, height, width], folder === undefined ? [2, 2, 1] : [10_000, 28, 28]);
  assert.deepEqual([...labels.subarray(0, 2)], folder === undefined ? [7, 4] : [7, 2]);
});

test("reads the named folder with and without .gz, whatever the content's compression", async (t) => {
  const folder = temporaryFolder(t);
  fs.writeFileSync(join(folder, "t10k-images-idx3-ubyte"), gzipSync(imagesFile));
  fs.writeFileSync(join(folder, "t10k-labels-idx1-ubyte.gz"), labelsFile);
  const effects = namedFolder(folder);
  assert.deepEqual(new Uint8Array(await readDataFile("mnist-images", {root}, effects)), imagesFile);
  assert.deepEqual(new Uint8Array(await readDataFile("mnist-labels", {root}, effects)), labelsFile);
  assert.deepEqual(dataFile("mnist-labels", {root}, effects), {path: join(folder, "t10k-labels-idx1-ubyte.gz"), sha256: sha256(labelsFile)});
});

test("the digest follows the file's content, not its name or compression", (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "t10k-labels-idx1-ubyte");
  const digest = () => dataFile("mnist-labels", {root}, namedFolder(folder)).sha256;
  fs.writeFileSync(path, labelsFile);
  const before = digest();
  fs.writeFileSync(path, gzipSync(labelsFile));
  assert.equal(digest(), before);
  fs.writeFileSync(path, labelsFile.map((byte, i) => (i === 9 ? 5 : byte)));
  assert.notEqual(digest(), before);
});

test("without a named folder the digest is the published one, and nothing is downloaded for it", (t) => {
  const folder = temporaryFolder(t);
  assert.deepEqual(dataFile("mnist-images", {root}, effectsIn(folder)), {
    path: join(folder, "cache", "mnist", "t10k-images-idx3-ubyte.gz"),
    sha256: sha256(imagesFile),
  });
});

test("a missing file names the variable and the folder", async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(readDataFile("mnist-labels", {root}, namedFolder(folder)), {
    name: "DataFileError",
    message: `DRIFTBOOK_MNIST: expected a folder with t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz, found neither in "${folder}"`,
  });
  await assert.rejects(readDataFile("digits", {root: folder}, effectsIn(folder)), {name: "DataFileError", message: /digits\.csv\.gz: could not be read \(ENOENT/});
});

test("any corruption of a file, compressed or not, is refused by name or leaves the content unchanged", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "t10k-images-idx3-ubyte");
  for (const file of [imagesFile, gzipSync(imagesFile)]) {
    await fc.assert(
      fc.asyncProperty(corruption(file), async (bytes) => {
        fs.writeFileSync(path, bytes);
        try {
          assert.deepEqual(new Uint8Array(await readDataFile("mnist-images", {root}, namedFolder(folder))), imagesFile);
        } catch (error) {
          assert.match(String(error), /^DataFileError: .*t10k-images-idx3-ubyte: expected .+, found .+/);
        }
      }),
      {seed: 4, numRuns: 300},
    );
  }
});

test("an oversized file is refused before it is read, an oversized content before it is unpacked", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "t10k-labels-idx1-ubyte");
  fs.writeFileSync(path, new Uint8Array(70_000));
  await assert.rejects(readDataFile("mnist-labels", {root}, namedFolder(folder)), {name: "DataFileError", message: `${path}: expected at most 65546 bytes, found 70000`});
  fs.writeFileSync(path, gzipSync(new Uint8Array(10_000_000)));
  await assert.rejects(readDataFile("mnist-labels", {root}, namedFolder(folder)), {
    name: "DataFileError",
    message: `${path}: expected a whole gzip stream, found more than the expected 10 bytes`,
  });
});

test("labels of other images are refused although each file is the published one", async (t) => {
  const folder = temporaryFolder(t);
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 4, 1);
  fs.writeFileSync(join(folder, "t10k-images-idx3-ubyte"), imagesFile);
  fs.writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), labels);
  const effects = {...namedFolder(folder), published: {...published, "mnist-labels": {sha256: sha256(labels), length: labels.length}}};
  await assert.rejects(readMnistTest({root}, effects), MalformedDataError);
});

test("downloads from the first address that serves the published content, and then never again", async (t) => {
  const folder = temporaryFolder(t);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    if (request.url!.startsWith("/0")) response.writeHead(403).end("moved");
    else if (request.url!.startsWith("/1")) response.end(gzipSync(labelsFile));
    else response.end(gzipSync(imagesFile));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  t.after(() => server.close());
  let call = 0;
  const local = effectsIn(folder, {fetch: (_, options) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${call++}`, options)});
  assert.deepEqual(new Uint8Array(await readDataFile("mnist-images", {root}, local)), imagesFile);
  assert.deepEqual(asked, ["/0", "/1", "/2"]);
  assert.deepEqual(fs.readdirSync(join(folder, "cache", "mnist")), ["t10k-images-idx3-ubyte.gz"]);
  assert.deepEqual(new Uint8Array(await readDataFile("mnist-images", {root}, effectsIn(folder))), imagesFile);
});

test("a damaged file in the user's cache is downloaded again", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "cache", "mnist", "t10k-labels-idx1-ubyte.gz");
  fs.mkdirSync(join(path, ".."), {recursive: true});
  fs.writeFileSync(path, gzipSync(labelsFile).subarray(0, 12));
  const served = effectsIn(folder, {fetch: async () => new Response(gzipSync(labelsFile))});
  assert.deepEqual(new Uint8Array(await readDataFile("mnist-labels", {root}, served)), labelsFile);
  assert.deepEqual(new Uint8Array(gunzipSync(fs.readFileSync(path))), labelsFile);
});

test("a failed download says why for each address and names the variable", async (t) => {
  const folder = temporaryFolder(t);
  const answers: readonly (() => Promise<Response>)[] = [
    () => Promise.reject(new TypeError("fetch failed", {cause: new Error("getaddrinfo ENOTFOUND")})),
    async () => new Response(new Uint8Array(70_000)),
    async () => new Response("<html>"),
  ];
  let call = 0;
  const effects = effectsIn(folder, {fetch: () => answers[call++]!()});
  await assert.rejects(readDataFile("mnist-labels", {root}, effects), (error: Error) => {
    const [summary, ...reasons] = error.message.split("\n");
    assert.equal(error.name, "DataFileError");
    assert.match(summary!, /could not be downloaded; put t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte .* DRIFTBOOK_MNIST$/);
    assert.equal(reasons.length, 3);
    assert.match(reasons[0]!, /t10k-labels-idx1-ubyte\.gz: fetch failed: getaddrinfo ENOTFOUND$/);
    assert.match(reasons[1]!, /: expected at most 65546 bytes, found more$/);
    assert.match(reasons[2]!, /: expected 10 bytes uncompressed, found 6$/);
    return true;
  });
  assert.ok(!fs.existsSync(join(folder, "cache")));
});

test("an address that never ends its answer is given up", async (t) => {
  const folder = temporaryFolder(t);
  const endless = (_: string, {signal}: {readonly signal: AbortSignal}) =>
    Promise.resolve(new Response(new ReadableStream({
      start(controller) {
        controller.enqueue(Uint8Array.of(1));
        signal.addEventListener("abort", () => controller.error(signal.reason));
      },
    })));
  const effects = effectsIn(folder, {fetch: endless, timeoutSeconds: 0.02});
  await assert.rejects(readDataFile("mnist-labels", {root}, effects), /no whole answer within 0\.02 s/);
});

test("a cache that cannot be written leaves nothing behind and names path and bytes", async (t) => {
  const folder = temporaryFolder(t);
  const bytes = gzipSync(labelsFile);
  for (const failing of ["mkdirSync", "writeFileSync", "renameSync"] as const) {
    const files = {...fs, [failing]: () => { throw new Error(`ENOSPC in ${failing}`); }};
    const effects = effectsIn(folder, {files, fetch: async () => new Response(bytes)});
    await assert.rejects(readDataFile("mnist-labels", {root}, effects), (error: Error) => {
      assert.match(error.message, new RegExp(`could not write ${bytes.length} bytes to .*t10k-labels-idx1-ubyte\\.gz \\(ENOSPC in ${failing}\\)`));
      return true;
    });
    assert.deepEqual(fs.existsSync(join(folder, "cache")) ? fs.readdirSync(join(folder, "cache", "mnist")) : [], []);
  }
});
