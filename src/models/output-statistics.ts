import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {tf} from "../tensors/index.ts";
import type {Tensor, Tensor2D, Tensor3D} from "../tensors/index.ts";
import {statisticsOfSums} from "./gram-statistics.ts";
import type {GramStatistics} from "./gram-statistics.ts";
import {gramTile, sampleRanges, traceRange} from "./gram-tiles.ts";
import type {SampleRange} from "./gram-tiles.ts";
import type {Network, NetworkParameters} from "./network.ts";

const rowsOfTile = 1024;

/**
 * The statistics of {@link GramStatistics} for a network with c outputs, by tiles of the Gram matrix, of which no more
 * than one tile is held, so that memory is linear in N.
 *
 * The square loss of sample μ is ½ |r_μ|² with r_μ (c,), its gradient g_μ = J_μ r_μ with the columns ∇f_μ1, …, ∇f_μc of
 * J_μ. With Σ₁ = (1/N) Σ g_μ g_μᵀ, G = (1/N) Σ J_μ J_μᵀ, blocks K_μν = J_μᵀ J_ν (c, c) and S_μ = Σ_ν K_μν K_νμ, which is
 * symmetric and not negative:
 * tr(Σ₁ G) = (1/N²) Σ_μ r_μᵀ S_μ r_μ, ‖G‖² = (1/N²) Σ_μ tr S_μ, so that μ = N Σ r_μᵀ S_μ r_μ / (|r|² Σ tr S_μ) with
 * |r|² = Σ |r_μ|², and the extreme eigenvalues of all S_μ over the mean trace of S_μ bound μ whatever the residuals.
 * Residuals without a preferred output, E r_μ r_μᵀ = (|r|²/Nc) 1, decoupled from the gradients, have μ = 1/c and not 1:
 * 2 L G is c times what decoupling gives.
 *
 * Derived here from the definitions of Wang, Wu, *The noise geometry of SGD* (arXiv 2310.00692). Products with K are
 * float32, sums over tiles float64.
 *
 * @param inputs (N, …)
 * @param residuals r_μ = f_μ − y_μ (N, c), row after row
 * @throws {RangeError} if there are not N c residuals, or all vanish
 */
export function outputStatistics(network: Network, parameters: NetworkParameters, inputs: Tensor, residuals: Float64Array): GramStatistics {
  const count = inputs.shape[0]!, {outputs} = network;
  if (residuals.length !== count * outputs) {
    throw new RangeError(`residuals: expected ${count} × ${outputs}, one for each sample and output, found ${residuals.length}`);
  }
  const sums = tileSums(network, parameters, inputs, Float32Array.from(residuals));
  let squares = 0, quadratic = 0, imageSquares = 0, weightedRows = 0, squaredNorm = 0, least = Infinity, greatest = -Infinity;
  residuals.forEach((r, i) => {
    squares += r * r;
    quadratic += r * sums.image[i]!;
    imageSquares += sums.image[i]! ** 2;
  });
  for (let sample = 0; sample < count; sample++) {
    const energies = sums.energies.subarray(sample * outputs ** 2, (sample + 1) * outputs ** 2);
    const own = residuals.subarray(sample * outputs, (sample + 1) * outputs);
    weightedRows += quadraticForm(energies, own);
    squaredNorm += own.reduce((sum, _, a) => sum + energies[a * (outputs + 1)]!, 0);
    const eigenvalues = eigenvaluesOf(energies, outputs);
    least = Math.min(least, ...eigenvalues);
    greatest = Math.max(greatest, ...eigenvalues);
  }
  return statisticsOfSums({
    count, squares, quadratic, imageSquares, weightedRows, squaredNorm, greatest, least: Math.max(0, least),
    trace: sums.trace, secondMoment: sums.secondMoment,
  });
}

interface TileSums {
  /** S_μ (N, c, c) */
  readonly energies: Float64Array;
  /** K r (N, c) */
  readonly image: Float64Array;
  readonly trace: number;
  readonly secondMoment: number;
}

function tileSums(network: Network, parameters: NetworkParameters, inputs: Tensor, residuals: Float32Array): TileSums {
  const count = inputs.shape[0]!, {outputs} = network;
  const energies = new Float64Array(count * outputs ** 2), image = new Float64Array(count * outputs);
  let trace = 0, secondMoment = 0;
  const allOutputs = Array.from({length: outputs}, (_, output) => output);
  const part = ({first, count: some}: SampleRange) => residuals.subarray(first * outputs, (first + some) * outputs);
  const addRows = (tile: Tensor2D, rows: SampleRange, columns: SampleRange) => tf.tidy(() => {
    const blocks = tf.reshape(tile, [rows.count, outputs, columns.count * outputs]) as Tensor3D;
    addTo(energies, rows.first * outputs ** 2, tf.matMul(blocks, blocks, false, true).dataSync());
    addTo(image, rows.first * outputs, tf.matMul(tile, tf.tensor2d(part(columns), [columns.count * outputs, 1])).dataSync());
  });
  tf.tidy(() => {
    const ranges = sampleRanges(count, Math.max(1, Math.floor(rowsOfTile / outputs)))
      .map((range) => traceRange(network, parameters, inputs, allOutputs, range));
    ranges.forEach((left, i) => ranges.slice(i).forEach((right) => tf.tidy(() => {
      const tile = gramTile(network, left, right);
      addRows(tile, left, right);
      if (left !== right) return addRows(tf.transpose(tile), right, left);
      const entries = tile.dataSync();
      for (let sample = 0; sample < left.count; sample++) {
        const block = diagonalBlock(entries, left.count, outputs, sample);
        const own = part(left).subarray(sample * outputs, (sample + 1) * outputs);
        trace += own.reduce((sum, _, a) => sum + block[a * (outputs + 1)]!, 0);
        secondMoment += quadraticForm(block, own);
      }
    })));
  });
  return {energies, image, trace, secondMoment};
}

function addTo(sums: Float64Array, first: number, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) sums[first + i]! += values[i]!;
}

function diagonalBlock(tile: ArrayLike<number>, samples: number, outputs: number, sample: number): Float64Array {
  return Float64Array.from({length: outputs ** 2}, (_, entry) => {
    const row = sample * outputs + Math.floor(entry / outputs), column = sample * outputs + (entry % outputs);
    return tile[row * samples * outputs + column]!;
  });
}

function quadraticForm(matrix: Float64Array, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let a = 0; a < vector.length; a++) for (let b = 0; b < vector.length; b++) sum += vector[a]! * matrix[a * vector.length + b]! * vector[b]!;
  return sum;
}

function eigenvaluesOf(entries: Float64Array, size: number): readonly number[] {
  return new EigenvalueDecomposition(Matrix.from1DArray(size, size, [...entries]), {assumeSymmetric: true}).realEigenvalues;
}
