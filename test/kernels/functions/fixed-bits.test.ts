import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { cosine, exponential, hyperbolicTangent, logarithm, normalPair, sine } from "../../../src/kernels/functions/index.ts";
import { nextWord, seedReplica } from "../../../src/kernels/generators/index.ts";
import type { LaneArithmetic } from "../../../src/kernels/lane-arithmetic.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";
import { double, single } from "./lane-accuracy.ts";
import type { Width } from "./lane-accuracy.ts";

const checksum = (values: Iterable<number>): string =>
  createHash("sha256").update(Float64Array.from(values)).digest("hex").slice(0, 16);

/** Numbers of both signs from 1e-10 to 4e2, by products alone: powers differ between engines. */
function* geometricPoints({ round }: Width): Generator<number> {
  for (let x = 1e-10; x < 400; x *= 1.006) yield* [round(x), -round(x)];
}

function* normals<W>(lanes: LaneArithmetic<number, W, boolean>, count: number): Generator<number> {
  let state = seedReplica(lanes, [lanes.word(1n), lanes.word(2n)], lanes.word(3n));
  for (let pair = 0; pair < count / 2; pair++) {
    const first = nextWord(lanes, state);
    const second = nextWord(lanes, first.state);
    state = second.state;
    yield* normalPair(lanes, first.output, second.output);
  }
}

const checksums = [
  ["exponential", exponential, "77d652378cc7262e", "260c88998c4c4b24"],
  ["logarithm", logarithm, "c0827ea166be2a4d", "3eed5462e744039f"],
  ["sine", sine, "bd3a3ab49bd80e7f", "912d3205d738ee0a"],
  ["cosine", cosine, "606d9bd2cf27b30a", "745b6e7f4ffaa1fc"],
  ["hyperbolic tangent", hyperbolicTangent, "111f4b47496bfbfd", "47c0924d7fe12702"],
] as const;

for (const [name, value, ...expected] of checksums) {
  test(`the ${name} has the same bits everywhere`, () => {
    for (const [index, at] of [single, double].entries()) {
      const values = [...geometricPoints(at)].map((x) => at.evaluate(value, x));
      assert.equal(checksum(values.filter((result) => !Number.isNaN(result))), expected[index], `${at.bits} bits`);
    }
  });
}

test("the normals of a replica have the same bits everywhere", () => {
  assert.equal(checksum(normals(float32Lanes, 5000)), "0fbd86e26a62db1e");
  assert.equal(checksum(normals(float64Lanes, 5000)), "b517ec784cc8a6ff");
  assert.deepEqual([...normals(float32Lanes, 2)], [-0.22019116580486298, -0.41523516178131104]);
  assert.deepEqual([...normals(float64Lanes, 2)], [-1.7903375046717138, 1.011205927383811]);
});
