import {tf} from "../tensors/index.ts";
import type {Tensor, Tensor1D, Tensor2D} from "../tensors/index.ts";
import {backwardPass} from "./backward-pass.ts";
import type {LayerTrace} from "./layer.ts";
import {forwardPass} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";

/**
 * The Gram matrix of gradients K_μν = ∇f_μ · ∇f_ν (N, N), over all parameters, as the sum of per-layer products: no
 * matrix of size N × parameters or parameters × parameters is ever held. Symmetric up to rounding, error about 1e-6
 * of √(K_μμ K_νν).
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
  return tf.tidy(() => {
    const leftTraces = outputTraces(network, parameters, inputs, left);
    const rightTraces = right === left ? leftTraces : outputTraces(network, parameters, inputs, right);
    let sum: Tensor2D | undefined;
    network.layers.forEach(({parameterGradients}, i) => {
      if (parameterGradients === undefined) return;
      const previous: Tensor2D | undefined = sum;
      sum = tf.tidy((): Tensor2D => {
        const product = parameterGradients.products(leftTraces[i]!, rightTraces[i]!);
        return (previous === undefined ? product : tf.add(previous, product)) as Tensor2D;
      });
      previous?.dispose();
    });
    return sum!;
  });
}

/** The diagonal ‖∇f_μ‖² (N,) of {@link gramMatrix}, in time and memory linear in N. */
export function squaredGradientNorms(network: Network, parameters: NetworkParameters, inputs: Tensor, output = 0): Tensor1D {
  return tf.tidy(() => {
    const traces = outputTraces(network, parameters, inputs, output);
    const norms = network.layers.flatMap(({parameterGradients}, i) =>
      parameterGradients === undefined ? [] : [parameterGradients.squaredNorms(traces[i]!)]);
    return tf.addN(norms) as Tensor1D;
  });
}

function outputTraces(network: Network, parameters: NetworkParameters, inputs: Tensor, output: number): readonly LayerTrace[] {
  const {outputs} = network;
  if (!Number.isInteger(output) || output < 0 || output >= outputs) {
    throw new RangeError(`output: expected an integer from 0 to ${outputs - 1}, found ${output}`);
  }
  const values = forwardPass(network, parameters, inputs);
  const count = inputs.shape[0]!;
  const seed = outputs === 1 ? tf.ones([count, 1]) : tf.oneHot(tf.fill([count], output, "int32"), outputs, 1, 0, "float32");
  return backwardPass(network, parameters, values, seed);
}
