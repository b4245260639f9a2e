import { Matrix } from "ml-matrix";
import { requireAffineSamples, type AffineSample } from "./affine-samples.ts";
import { requirePositive, unexpected } from "./argument-checks.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { matrixExponential } from "./matrix-exponential.ts";
import { symmetricSquareRoot } from "./symmetric-square-root.ts";

/** Covariances of one gradient at two points `x`, `y`, shape (d, d) each. */
export interface GradientCovariances {
  /** `E G(x)G(y)ᵀ`, `G = ∇R - ∇R̃`: that of SGD and of the stochastic modified flow. */
  readonly common: number[][];
  /** `Σ½(x)Σ½(y)` with symmetric square roots of `Σ(z) = E G(z)G(z)ᵀ`: that of the stochastic modified equation. */
  readonly separate: number[][];
}

/** The leading term of the modified equation's two-point defect. */
export interface ModifiedEquationDefect {
  /** `D`, shape (d, d). */
  readonly matrix: number[][];
  /** The largest change of an entry when the nodes of the quadrature were last doubled. */
  readonly error: number;
  readonly nodes: number;
}

const meanProduct = (left: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] =>
  left[0].map((_, i) => right[0].map((__, j) => left.reduce((sum, vector, n) => sum + vector[i] * right[n][j], 0) / left.length));

function centredNoise(samples: readonly AffineSample[], point: readonly number[]): number[][] {
  const gradients = samples.map(({ hessian, shift }) => hessian.map((row, i) => row.reduce((sum, value, j) => sum + value * point[j], -shift[i])));
  const mean = gradients[0].map((_, i) => gradients.reduce((sum, gradient) => sum + gradient[i], 0) / gradients.length);
  return gradients.map((gradient) => gradient.map((value, i) => mean[i] - value));
}

/**
 * The covariance of the gradients at two points, as the flow has it and as the modified equation has it.
 *
 * @throws RangeError for samples that are none, or points of another dimension.
 */
export function gradientCovariances(samples: readonly AffineSample[], points: readonly [readonly number[], readonly number[]]): GradientCovariances {
  const dimension = requireAffineSamples(samples);
  points.forEach((point, i) => {
    if (point.length !== dimension) throw unexpected(`points[${i}].length`, `${dimension}, the dimension of the samples`, point.length);
  });
  const [atX, atY] = points.map((point) => centredNoise(samples, point));
  const [rootX, rootY] = [atX, atY].map((noise) => new Matrix(symmetricSquareRoot(meanProduct(noise, noise))));
  return { common: meanProduct(atX, atY), separate: rootX.mmul(rootY).to2DArray() };
}

const [fewestNodes, mostNodes, tolerance] = [16, 512, 1e-10];

/**
 * The leading term `D` of the error that the stochastic modified equation makes at two points,
 * `E Y(x)Y(y)ᵀ - E X(x)X(y)ᵀ = ηD + O(η²)`, with
 *
 * `D = ∫₀ᵀ Φ(T,t) [Σ½(x_t)Σ½(y_t) - E G(x_t)G(y_t)ᵀ] Φ(T,t)ᵀ dt`
 *
 * along the gradient flow `x_t`, `y_t`, whose derivative is `Φ(T,t) = e^(-H(T-t))` for affine gradients. Derivation: to
 * leading order both are Gaussian about the gradient flow, `X = x_t + √η ζ_t` with `dζ = -Hζ dt + noise(x_t) dW`, and
 * differ in the covariation of their noises at two points alone. In one dimension `D >= 0`, by the inequality of Cauchy
 * and Schwarz; in several no sign is forced.
 *
 * Gauss–Legendre, with nodes doubled from 16 up to 512 until no entry changes by more than 10⁻¹⁰ of the integral of the
 * norms of both covariances.
 *
 * @throws RangeError for samples or starts that are none, a time that is not positive, or an integral that 512 nodes do
 * not settle (where `Σ` is singular on the way, `Σ½` is not smooth), with its change.
 */
export function modifiedEquationDefect({ samples, time, starts }: { readonly samples: readonly AffineSample[]; readonly time: number; readonly starts: readonly [readonly number[], readonly number[]] }): ModifiedEquationDefect {
  const dimension = requireAffineSamples(samples);
  requirePositive("time", time);
  const [hessian, shift] = [samples.map((sample) => sample.hessian), samples.map((sample) => sample.shift)];
  const average = hessian[0].map((row, i) => row.map((_, j) => hessian.reduce((sum, each) => sum + each[i][j], 0) / samples.length));
  const pull = shift[0].map((_, i) => shift.reduce((sum, each) => sum + each[i], 0) / samples.length);
  const field = (t: number) => [...average.map((row, i) => [...row.map((value) => -value * t), pull[i] * t]), Array<number>(dimension + 1).fill(0)];
  const flowed = (t: number, point: readonly number[]) => matrixExponential(field(t)).slice(0, dimension).map((row) => [...point, 1].reduce((sum, value, j) => sum + row[j] * value, 0));
  const integrand = (t: number) => {
    const { common, separate } = gradientCovariances(samples, [flowed(t, starts[0]), flowed(t, starts[1])]);
    const transport = new Matrix(matrixExponential(average.map((row) => row.map((value) => -value * (time - t)))));
    const [ofFlow, ofEquation] = [common, separate].map((covariance) => transport.mmul(new Matrix(covariance)).mmul(transport.transpose()));
    return { value: Matrix.sub(ofEquation, ofFlow), size: ofEquation.norm() + ofFlow.norm() };
  };
  const integrate = (count: number) => {
    const { nodes, weights } = gaussLegendre(count, 0, time);
    const values = Array.from(nodes, integrand);
    return {
      sum: values.reduce((sum, { value }, i) => Matrix.add(sum, Matrix.mul(value, weights[i])), Matrix.zeros(dimension, dimension)),
      size: values.reduce((sum, { size }, i) => sum + size * weights[i], 0),
    };
  };
  let before = integrate(fewestNodes).sum;
  for (let nodes = 2 * fewestNodes; ; nodes *= 2) {
    const { sum, size } = integrate(nodes);
    const error = Math.max(...Matrix.abs(Matrix.sub(sum, before)).to1DArray());
    if (error <= tolerance * size) return { matrix: sum.to2DArray(), error, nodes };
    if (nodes >= mostNodes) throw unexpected(`defect: change of the integral from ${nodes / 2} to ${nodes} nodes`, `at most ${tolerance * size}`, error);
    before = sum;
  }
}
