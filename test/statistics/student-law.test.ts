import assert from "node:assert/strict";
import { test } from "node:test";
import { integrate } from "../../src/numerics/index.ts";
import { fitStudentLaw, kolmogorovSmirnov, studentLaw, studentTCdf } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, relative: number) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);

const draws = (degreesOfFreedom: number, count: number, seed: number) => {
  const [law, random] = [studentLaw({ location: 3, scale: 2, degreesOfFreedom }), seededSource(seed)];
  return Float64Array.from({ length: count }, () => law.draw(random));
};

test("one degree of freedom is Cauchy's law, two have an algebraic survival function, also at 10⁶ scales", () => {
  const cauchy = studentLaw({ location: -1, scale: 0.5, degreesOfFreedom: 1 });
  near(cauchy.density(0), 2 / (Math.PI * 5), 1e-14);
  near(cauchy.quantile(0.975), -1 + 0.5 * Math.tan(Math.PI * 0.475), 1e-12);
  const two = studentLaw({ location: 0, scale: 1, degreesOfFreedom: 2 });
  for (const x of [1e-6, 0.5, 3, 1e6]) {
    const root = Math.sqrt(x * x + 2);
    near(two.survival(x), 1 / (root * (root + x)), 1e-13);
    near(two.cdf(-x), two.survival(x), 0);
  }
});

// By SciPy 1.17, stats.t.cdf.
test("the distribution function keeps its digits in the middle and in the far tail", () => {
  const references = [[1e-8, 5, 0.5000000037960669], [-1e-4, 5, 0.4999620393310937], [1e-6, 100, 0.5000003979461869], [0.3, 2.5, 0.6063288142524014], [-40, 1000, 5.239426077586636e-210], [-1e6, 2.5, 7.193397190814237e-16], [-1e60, 3, 1.102657790843584e-180]];
  for (const [x, degreesOfFreedom, expected] of references) near(studentTCdf(x, degreesOfFreedom), expected, 1e-12);
});

test("the density integrates to the distribution function", () => {
  const law = studentLaw({ location: 1, scale: 3, degreesOfFreedom: 2.7 });
  near(integrate(law.density, -4, 9).value, law.cdf(9) - law.cdf(-4), 1e-10);
});

test("draws follow the law, heavy or light", () => {
  for (const degreesOfFreedom of [0.7, 3, 40]) {
    const law = studentLaw({ location: 3, scale: 2, degreesOfFreedom });
    const { pValue } = kolmogorovSmirnov(draws(degreesOfFreedom, 20_000, 17), law.cdf);
    assert.ok(pValue > 1e-3, `${degreesOfFreedom}: ${pValue}`);
  }
});

// By SciPy 1.17: Nelder–Mead on stats.t.logpdf from four starts.
test("the fit of 50 draws is that of another program", () => {
  const references: readonly (readonly number[])[] = [
    [0.3, 2.87884680, 1.33837918, 0.27541464, -288.1202788360],
    [1, 3.27526594, 1.70239860, 0.90933243, -158.8589717475],
    [2.5, 3.52628967, 1.85368688, 2.3906773, -124.2715486663],
    [30, 3.52632794, 1.76479058, 11.65036478, -103.7267967536],
  ];
  for (const [degreesOfFreedom, ...expected] of references) {
    const fit = fitStudentLaw(draws(degreesOfFreedom, 50, 7));
    [fit.location, fit.scale, fit.degreesOfFreedom, fit.logLikelihood].forEach((value, i) => near(value, expected[i], i === 3 ? 1e-12 : 1e-6));
    assert.equal(fit.bound, "none");
  }
});

test("no likelihood around a fit is higher, and it is that of the law", () => {
  const values = draws(4, 500, 3);
  const fit = fitStudentLaw(values);
  const likelihood = (location: number, scale: number, degreesOfFreedom: number) => {
    const law = studentLaw({ location, scale, degreesOfFreedom });
    return values.reduce((sum, x) => sum + law.logDensity(x), 0);
  };
  near(likelihood(fit.location, fit.scale, fit.degreesOfFreedom), fit.logLikelihood, 1e-12);
  for (const h of [-0.01, 0.01]) {
    for (const [a, b, c] of [[h, 0, 0], [0, h, 0], [0, 0, h], [h, h, h], [0, h, -h]]) {
      assert.ok(likelihood(fit.location + a, fit.scale * (1 + b), fit.degreesOfFreedom * (1 + c)) < fit.logLikelihood);
    }
  }
});

test("a fit goes with location and scale", () => {
  const values = draws(2, 300, 5);
  const fit = fitStudentLaw(values);
  const moved = fitStudentLaw(values.map((x) => 1e6 * x - 5e6));
  near(moved.degreesOfFreedom, fit.degreesOfFreedom, 1e-6);
  near(moved.location, 1e6 * fit.location - 5e6, 1e-6);
  near(moved.scale, 1e6 * fit.scale, 1e-6);
});

test("values lighter than Gaussian stop at the upper bound, those without any centre at the lower one", () => {
  const uniform = fitStudentLaw(Array.from({ length: 1000 }, (_, i) => i));
  assert.deepEqual([uniform.bound, uniform.degreesOfFreedom], ["upper", 1000]);
  near(uniform.scale, Math.sqrt((1e6 - 1) / 12), 2e-3);
  const wild = fitStudentLaw(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1 : -1) * Math.exp(i / 2)));
  assert.deepEqual([wild.bound, wild.degreesOfFreedom], ["lower", 0.2]);
});

test("values without a maximum of the likelihood are refused", () => {
  assert.throws(() => fitStudentLaw([...new Array<number>(20).fill(2), ...Array.from({ length: 80 }, (_, i) => i / 7)]), /values equal to 2: expected fewer than 0.167 of the 100, found 21/);
  assert.throws(() => fitStudentLaw([1, 2, 3]), /values.length: expected at least 10 values, found 3/);
  assert.throws(() => studentLaw({ location: 0, scale: 0, degreesOfFreedom: 2 }), /scale: expected a finite number above 0, found 0/);
});
