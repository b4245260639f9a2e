import {tf} from "../tensors/index.ts";
import type {Tensor, Tensor1D, Tensor2D} from "../tensors/index.ts";
import {gramTile, sampleRanges, traceRange} from "./gram-tiles.ts";
import type {TracedRange} from "./gram-tiles.ts";
import type {Network, NetworkParameters} from "./network.ts";

const samplesOfTile = 450;

/**
 * The Gram matrix of gradients K_μν = ∇f_μ · ∇f_ν (N, N), over all parameters that are not frozen, as the sum of
 * per-layer products: no matrix of size N × parameters or parameters × parameters is ever held. Computed by tiles of
 * samples, those below the diagonal as mirrors of those above. Error about 1e-6 of √(K_μμ K_νν).
 *
 * @param inputs (N, …)
 * @param output which output of a network with several
 */
export function gramMatrix(network: Network, parameters: NetworkParameters, inputs: Tensor, output = 0): Tensor2D {
  return gramBlock(network, parameters, inputs, {left: output, right: output});
}

/**
 * The block K_μν = ∇f_μ^left · ∇f_ν^right (N, N) of two outputs: the whole Gram matrix of a network with c outputs
 * consists of c² such blocks, which need not be held at once.
 */
export function gramBlock(
  network: Network,
  parameters: NetworkParameters,
  inputs: Tensor,
  {left, right}: {readonly left: number; readonly right: number},
): Tensor2D {
  const ranges = sampleRanges(inputs.shape[0]!, samplesOfTile);
  return tf.tidy(() => {
    const tiles = tf.tidy((): Tiles => {
      const traced = (output: number) => ranges.map((range) => traceRange(network, parameters, inputs, [output], range));
      return right === left ? tilesAboveDiagonal(network, traced(left)) : allTiles(network, traced(left), traced(right));
    });
    const strips = ranges.map((_, i) => tf.tidy(() => tf.concat(ranges.map((_, j) => tiles[i]![j] ?? tf.transpose(tiles[j]![i]!)), 1)));
    return tf.concat(strips, 0) as Tensor2D;
  });
}

/** The diagonal ‖∇f_μ‖² (N,) of {@link gramMatrix}, in time and memory linear in N. */
export function squaredGradientNorms(network: Network, parameters: NetworkParameters, inputs: Tensor, output = 0): Tensor1D {
  return tf.tidy(() => {
    const {traces} = traceRange(network, parameters, inputs, [output], {first: 0, count: inputs.shape[0]!});
    const norms = network.layers.flatMap(({parameterGradients}, i) =>
      parameterGradients === undefined ? [] : [parameterGradients.squaredNorms(traces[i]!)]);
    return tf.addN(norms) as Tensor1D;
  });
}

type Tiles = (Tensor2D | undefined)[][];

function tilesAboveDiagonal(network: Network, ranges: readonly TracedRange[]): Tiles {
  return ranges.map((left, i) => ranges.map((right, j) => (j < i ? undefined : gramTile(network, left, right))));
}

function allTiles(network: Network, lefts: readonly TracedRange[], rights: readonly TracedRange[]): Tiles {
  return lefts.map((left) => rights.map((right) => gramTile(network, left, right)));
}
