import { modifiedEquationExpectation, sgdExpectation } from "../src/numerics/index.ts";
import type { CommonNoise, PeriodicSamples } from "../src/numerics/index.ts";
import { describeMachine } from "./machine.ts";

/**
 * Times the operators behind the orders of weak errors: SGD, modified flow, modified equation, the flow without drift
 * correction and the gradient flow on 64 modes, at one and two points and five step sizes, without any halving of grids.
 * All of it must take at most 2 s of one thread's processor time, which other work on the machine does not lengthen much.
 *
 *     node --import tsx bench/weak-error-operators.ts
 */
const modes = 64;
const mostSeconds = 2;
const rounds = 3;
const samples: PeriodicSamples = { gradients: [1, -1].map((sign) => (z: number) => Math.sin(z) + 0.7 * sign * Math.cos(z)) };
const statistics = [([z]: readonly number[]) => Math.exp(Math.sin(z)), ([x, y]: readonly number[]) => Math.sin(x) * Math.sin(y)];
const equations: readonly (readonly [points: number, noise: CommonNoise, corrected: boolean])[] = [
  [1, "flow", true],
  [1, "square root", true],
  [1, "flow", false],
  [1, "none", false],
  [2, "flow", true],
  [2, "square root", true],
];

function allOrders(): void {
  for (const steps of [5, 10, 20, 40, 80]) {
    const expectation = (points: number) => ({ samples, statistic: statistics[points - 1], points, size: modes, stepSize: 1 / steps, horizon: 1 });
    for (const points of [1, 2]) sgdExpectation(expectation(points));
    for (const [points, noise, corrected] of equations) modifiedEquationExpectation({ ...expectation(points), noise, corrected });
  }
}

const seconds = Array.from({ length: rounds }, () => {
  const start = process.cpuUsage();
  allOrders();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
});
const first = seconds[0];
console.log(JSON.stringify({ modes, seconds: seconds.map((value) => Number(value.toFixed(3))), mostSeconds, machine: describeMachine() }));
if (first > mostSeconds) {
  console.error(`bench: the operators took ${first.toFixed(2)} s on ${modes} modes, at most ${mostSeconds} s were to be had`);
  process.exitCode = 1;
}
