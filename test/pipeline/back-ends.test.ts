import assert from "node:assert/strict";
import {test} from "node:test";
import {backEnds} from "../../src/pipeline/back-ends.ts";

const onWebAssembly = {dynamics: "a", webAssemblyBlocks: 3, nativeBlocks: 0};
const onBoth = {dynamics: "b", webAssemblyBlocks: 1, nativeBlocks: 2, native: "256-bit vectors, cc 12"};

test("a table says what ran its ensembles", () => {
  assert.equal(backEnds([]), "");
  assert.equal(backEnds([onWebAssembly]), "WebAssembly");
  assert.equal(backEnds([onWebAssembly, onBoth]), "native code (256-bit vectors, cc 12) and WebAssembly");
  assert.equal(backEnds([{...onBoth, webAssemblyBlocks: 0}]), "native code (256-bit vectors, cc 12)");
});

test("and why native code did not run where it was wanted", () => {
  assert.equal(backEnds([onWebAssembly, {...onWebAssembly, nativeUnavailable: "no C compiler"}]), "WebAssembly, no native code: no C compiler");
});
