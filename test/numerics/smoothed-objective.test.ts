import assert from "node:assert/strict";
import { test } from "node:test";
import { gaussHermite, markovKernel, minimize, stationaryLaw, uniformEdges } from "../../src/numerics/index.ts";

test("noisy gradient descent on a rippled bowl: the average is .067 from the smoothed minimiser -.067, single iterates .551", () => {
  const [stepSize, ripple, waves, phase] = [0.3, 0.15, 8, 2];
  const objective = (w: number) => (w * w) / 2 + ripple * (1 - Math.cos(waves * w + phase));
  const gradient = (w: number) => w + ripple * waves * Math.sin(waves * w + phase);
  const normal = gaussHermite(201);
  const smoothed = (v: number) => normal.nodes.reduce((sum, z, i) => sum + normal.weights[i] * objective(v - stepSize * z), 0);
  const minimiser = minimize(smoothed, -1, 1).at;
  const law = stationaryLaw(
    markovKernel({
      edges: uniformEdges(500, -3, 3),
      transition: (w) => [{ weight: 1, mean: w - stepSize * gradient(w), standardDeviation: stepSize }],
      ends: "lumped",
    }),
  );
  assert.equal(minimiser.toFixed(3), "-0.067");
  assert.equal(Math.sqrt(law.expectation((w) => (w - minimiser) ** 2)).toFixed(3), "0.551");
  assert.equal(Math.abs(law.expectation((w) => w) - minimiser).toFixed(3), "0.067");
  assert.ok(Math.abs(law.expectation(gradient)) < 1e-3);
});
