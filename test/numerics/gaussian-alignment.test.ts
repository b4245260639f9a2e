import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { effectiveDimension, gaussianAlignment, independentAlignment, independentAlignmentRange, leastAlignmentLimit, participationRatio } from "../../src/numerics/index.ts";
import { createStream } from "../../src/random/index.ts";

const near = (value: number, expected: number, tolerance: number) => assert.ok(Math.abs(value - expected) <= tolerance * Math.abs(expected), `${value} against ${expected}`);
const generator = () => createStream({ seed: 0, experiment: "gaussian alignment", cell: "test", block: 0 }).generator("samples");

const regression = fc
  .array(fc.record({ variance: fc.double({ min: 0.01, max: 10, noNaN: true }), weight: fc.double({ min: 0.1, max: 3, noNaN: true }) }), { minLength: 1, maxLength: 6 })
  .map((directions) => ({ spectrum: directions.map(({ variance }) => variance), weights: directions.map(({ weight }) => weight) }));

test("one direction has the fourth moment of the normal law, and label noise dilutes it", () => {
  assert.deepEqual(gaussianAlignment({ spectrum: [4], weights: [0.5] }), { uncentred: 3, centred: 2 });
  assert.deepEqual(gaussianAlignment({ spectrum: [4], weights: [0.5], noiseVariance: 1 }), { uncentred: 2, centred: 1.5 });
  assert.deepEqual(gaussianAlignment({ spectrum: [4], weights: [0], noiseVariance: 1 }), { uncentred: 1, centred: 1 });
});

test("the average alignment is that of Σ₁ built by Isserlis' rule", () => {
  fc.assert(
    fc.property(regression, fc.double({ min: 0, max: 2, noNaN: true }), ({ spectrum, weights }, noiseVariance) => {
      const gradient = spectrum.map((value, i) => value * weights[i]!);
      const squared = noiseVariance + gradient.reduce((sum, value, i) => sum + value * weights[i]!, 0);
      const trace = spectrum.reduce((sum, value, i) => sum + value * (squared * value + 2 * gradient[i]! ** 2), 0);
      const { uncentred, centred } = gaussianAlignment({ spectrum, weights, noiseVariance });
      near(uncentred, trace / (squared * spectrum.reduce((sum, value) => sum + value * value, 0)), 1e-12);
      near(centred, (1 + uncentred) / 2, 1e-12);
    }),
  );
});

test("many samples have the alignment of the population", () => {
  const [spectrum, weights, noiseVariance, samples] = [[1, 0.5, 0.2], [0.3, -1, 2], 0.4, 400_000];
  const { normal } = generator();
  const moments = spectrum.map(() => [0, 0] as [number, number]);
  let squares = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const inputs = spectrum.map((value) => Math.sqrt(value) * normal());
    const residual = inputs.reduce((sum, value, i) => sum + value * weights[i]!, Math.sqrt(noiseVariance) * normal());
    squares += residual ** 2 / samples;
    inputs.forEach((value, i) => {
      moments[i]![0] += (residual * value) ** 2 / samples;
      moments[i]![1] += value ** 2 / samples;
    });
  }
  // Off the diagonal Σ₁ is not zero, but G is.
  const alignment = moments.reduce((sum, [weighted, plain]) => sum + weighted * plain, 0) / (squares * moments.reduce((sum, [, plain]) => sum + plain ** 2, 0));
  near(alignment, gaussianAlignment({ spectrum, weights, noiseVariance }).uncentred, 0.01);
});

test("dimensions count directions", () => {
  assert.equal(effectiveDimension([1, 1, 1, 1]), 4);
  assert.equal(participationRatio([2, 2, 2]), 3);
  assert.equal(effectiveDimension([1, 0.5]), 1.25);
  near(participationRatio([1, 0.5]), 1.8, 1e-14);
});

test("kurtosis 3 gives 1 + cos² with the range [1, 2], other kurtoses their own", () => {
  const spectrum = [1, 0.5, 0.25];
  const weights = [1, -1, 2];
  assert.ok(Math.abs(independentAlignment({ spectrum, kurtosis: 3, weights }, weights) - 2) < 1e-14);
  assert.ok(Math.abs(independentAlignment({ spectrum, kurtosis: 3, weights }, [1, 2, 0]) - 1) < 1e-14);
  const normal = independentAlignmentRange({ spectrum, kurtosis: 3, weights });
  near(normal.least, 1, 1e-12);
  near(normal.greatest, 2, 1e-12);
  const signs = independentAlignmentRange({ spectrum: [1], kurtosis: 1, weights: [3] });
  assert.ok(Math.abs(signs.least) < 1e-14 && Math.abs(signs.greatest) < 1e-14);
  assert.ok(Math.abs(independentAlignmentRange({ spectrum: [1], kurtosis: 2, weights: [3] }).least - 1) < 1e-14);
});

test("no direction leaves the range of the alignment", () => {
  fc.assert(
    fc.property(regression, fc.double({ min: 1, max: 6, noNaN: true }), fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 }), ({ spectrum, weights }, kurtosis, direction) => {
      const inputs = { spectrum, weights, kurtosis };
      const { least, greatest } = independentAlignmentRange(inputs);
      const along = independentAlignment(inputs, direction.slice(0, spectrum.length));
      assert.ok(along >= least - 1e-9 && along <= greatest + 1e-9);
    }),
  );
});

test("the least alignment of many dimensions has its limits and its values", () => {
  near(1 - leastAlignmentLimit(1e8), Math.sqrt(8 / 1e8), 1e-3);
  assert.equal(leastAlignmentLimit(0.5), 0);
  assert.ok(leastAlignmentLimit(1.05) < 1e-3);
  // By a search on a grid of t with SciPy's erfcx.
  for (const [ratio, value] of [[4, 0.18816607], [64, 0.69879343], [1024, 0.91532153]] as const) near(leastAlignmentLimit(ratio), value, 1e-5);
  fc.assert(fc.property(fc.double({ min: 1.01, max: 1e6, noNaN: true }), (ratio) => assert.ok(leastAlignmentLimit(1.1 * ratio) > leastAlignmentLimit(ratio))));
});

test("what is no regression is refused by name", () => {
  assert.throws(() => gaussianAlignment({ spectrum: [1, -1], weights: [1, 1] }), /spectrum\[1\]: expected a finite number above 0, found -1/);
  assert.throws(() => gaussianAlignment({ spectrum: [1], weights: [1, 1] }), /weights\.length: expected 1/);
  assert.throws(() => gaussianAlignment({ spectrum: [1], weights: [0] }), /residuals that are not all zero/);
  assert.throws(() => effectiveDimension([]), /spectrum\.length/);
  assert.throws(() => independentAlignment({ spectrum: [1], weights: [1], kurtosis: 0.5 }, [1]), /kurtosis: expected a number of at least 1, found 0.5/);
  assert.throws(() => independentAlignment({ spectrum: [1], weights: [1], kurtosis: 3 }, [0]), /direction/);
  assert.throws(() => leastAlignmentLimit(NaN), /samplesPerDimension/);
});
