import {imagePatches, tf, uniforms} from "../tensors/index.ts";
import type {Padding, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D} from "../tensors/index.ts";
import {scalarsOfTrace, sumOfPresent} from "./layer.ts";
import type {Layer, LayerTrace} from "./layer.ts";

/** A convolution of images with several channels, step 1. */
export interface ConvolutionShape {
  readonly channels: number;
  readonly filters: number;
  /** The side of the square kernel. */
  readonly kernelSize: number;
  readonly padding: Padding;
}

/** Per-sample gradients are held for so many filters at a time that a block of them has at most this many numbers. */
const mostNumbers = 2 ** 24;

/**
 * A convolution: images (n, height, width, channels) to (n, height', width', filters), with a kernel (side, side,
 * channels, filters) and a bias (filters,). With `valid` padding height' = height − side + 1, with `same` height' =
 * height.
 *
 * With the patch P_μt (q,) of sample μ at position t, extended by a 1 for the bias, and the gradient Δ_μt (filters,)
 * there, the gradient of the sample is Σ_t P_μt Δ_μtᵀ. Inner products are the cheaper of two ways to sum
 * Σ_ts (P_μt · P_νs)(Δ_μt · Δ_νs): over pairs of positions, or through the per-sample gradients of this layer alone,
 * held for a part of the filters at a time. Neither holds anything of n × the network's parameters.
 *
 * Initial weights are Glorot's uniform ones on ±√(6 / (side² (channels + filters))), the bias is zero (Glorot, Bengio,
 * AISTATS 2010, equation 16).
 */
export function convolutionLayer({channels, filters, kernelSize, padding}: ConvolutionShape): Layer {
  const limit = Math.sqrt(6 / (kernelSize ** 2 * (channels + filters)));
  const window = [kernelSize, kernelSize] as const;
  const shape = [kernelSize, kernelSize, channels, filters] as const;
  const patches = (input: Tensor): Tensor3D => tf.tidy(() => {
    const plain = imagePatches(input, window, padding);
    return tf.concat([plain, tf.ones([plain.shape[0], plain.shape[1], 1])], 2);
  });
  const positioned = (trace: LayerTrace): PositionedTrace => {
    const input = patches(trace.input), c = scalarsOfTrace(trace);
    return {input, outputGradient: tf.reshape(trace.outputGradient, [input.shape[0] * c, input.shape[1], filters]) as Tensor3D, scalars: c};
  };
  const convolved = (input: Tensor, kernel: Tensor) => tf.conv2d(input as Tensor4D, kernel as Tensor4D, 1, padding);
  const backward = (kernel: Tensor, {shape: images}: Tensor, outputGradient: Tensor) =>
    tf.conv2dTranspose(outputGradient as Tensor4D, kernel as Tensor4D, images as [number, number, number, number], 1, padding);
  const biasGradient = (outputGradient: Tensor) => tf.sum(tf.reshape(outputGradient, [-1, filters]), 0);
  const kernelGradient = (input: Tensor, outputGradient: Tensor) => {
    const rows = tf.reshape(imagePatches(input, window, padding), [-1, kernelSize ** 2 * channels]) as Tensor2D;
    return tf.reshape(tf.matMul(rows, tf.reshape(outputGradient, [-1, filters]) as Tensor2D, true, false), [...shape]);
  };
  return {
    initialParameters: (stream, position) => [
      tf.tidy(() => tf.mul(tf.sub(uniforms(stream, position, shape, "initial weights"), 0.5), 2 * limit)),
      tf.zeros([filters]),
    ],
    forward: ([kernel, bias], input) => tf.add(convolved(input, kernel!), bias!),
    inputGradient: ([kernel], input, _output, outputGradient) => backward(kernel!, input, outputGradient),
    forwardTangent: ([kernel], [kernelTangent, biasTangent], {value, tangent}) => sumOfPresent(
      tangent && convolved(tangent, kernel!),
      kernelTangent && tf.add(convolved(value, kernelTangent), biasTangent!)),
    inputGradientTangent: ([kernel], [kernelTangent], input, _output, {value, tangent}) => sumOfPresent(
      tangent && backward(kernel!, input.value, tangent),
      kernelTangent && backward(kernelTangent, input.value, value)),
    parameterGradients: {
      sum: ({input, outputGradient}) => [kernelGradient(input, outputGradient), biasGradient(outputGradient)],
      sumTangent: (input, {value, tangent}) => [
        sumOfPresent(input.tangent && kernelGradient(input.tangent, value), kernelGradient(input.value, tangent!)),
        biasGradient(tangent!),
      ],
      products: (left, right) => tf.tidy(() => {
        const a = positioned(left), b = right === left ? a : positioned(right);
        return productsByPositionsAreCheaper(a, b) ? productsOverPositions(a, b) : productsOfGradients(a, b);
      }),
      squaredNorms: (trace) => tf.tidy(() => {
        const where = positioned(trace);
        return tf.addN(filterParts([where], mostNumbers).map((part) => tf.tidy(() => tf.sum(tf.square(sampleGradients(where, part)), 1)))) as Tensor1D;
      }),
    },
  };
}

/** Patches (n, positions, q) and gradients (n·c, positions, filters). */
export interface PositionedTrace {
  readonly input: Tensor3D;
  readonly outputGradient: Tensor3D;
  readonly scalars: number;
}

/** Whether products over pairs of positions take fewer multiplications than products of per-sample gradients. */
export function productsByPositionsAreCheaper(left: PositionedTrace, right: PositionedTrace): boolean {
  const [n, positions, entries] = left.input.shape, m = right.input.shape[0];
  const filters = left.outputGradient.shape[2], c = left.scalars;
  const byPositions = positions ** 2 * n * m * (entries + c * c * filters);
  return byPositions < entries * filters * c * (n * m * c + (n + m) * positions);
}

/** Σ_ts (P_μt · P_νs)(Δ_μt · Δ_νs), one position of the left at a time. */
export function productsOverPositions(left: PositionedTrace, right: PositionedTrace): Tensor2D {
  const [n, positions, entries] = left.input.shape, m = right.input.shape[0];
  const filters = left.outputGradient.shape[2], c = left.scalars;
  const allInputs = tf.reshape(right.input, [m * positions, entries]) as Tensor2D;
  const allGradients = tf.reshape(right.outputGradient, [m * c * positions, filters]) as Tensor2D;
  let sum: Tensor2D | undefined;
  for (let t = 0; t < positions; t++) {
    const previous: Tensor2D | undefined = sum;
    sum = tf.tidy((): Tensor2D => {
      const inputs = tf.matMul(tf.reshape(tf.slice(left.input, [0, t, 0], [n, 1, entries]), [n, entries]) as Tensor2D, allInputs, false, true);
      const gradients = tf.matMul(tf.reshape(tf.slice(left.outputGradient, [0, t, 0], [n * c, 1, filters]), [n * c, filters]) as Tensor2D, allGradients, false, true);
      const products = tf.mul(tf.reshape(gradients, [n, c, m, c, positions]), tf.reshape(inputs, [n, 1, m, 1, positions]));
      const here = tf.reshape(tf.sum(products, 4), [n * c, m * c]) as Tensor2D;
      return previous === undefined ? here : tf.add(previous, here);
    });
    previous?.dispose();
  }
  return sum!;
}

/** The products of the per-sample gradients (n·c, q · filters), some filters at a time. */
export function productsOfGradients(left: PositionedTrace, right: PositionedTrace, most = mostNumbers): Tensor2D {
  let sum: Tensor2D | undefined;
  for (const filters of filterParts([left, right], most)) {
    const previous: Tensor2D | undefined = sum;
    sum = tf.tidy((): Tensor2D => {
      const gradients = sampleGradients(left, filters);
      const here: Tensor2D = tf.matMul(gradients, right === left ? gradients : sampleGradients(right, filters), false, true);
      return previous === undefined ? here : tf.add(previous, here);
    });
    previous?.dispose();
  }
  return sum!;
}

type FilterPart = readonly [first: number, count: number];

function filterParts(traces: readonly PositionedTrace[], mostNumbers: number): readonly FilterPart[] {
  const filters = traces[0]!.outputGradient.shape[2];
  const numbersOfFilter = Math.max(...traces.map(({input, scalars}) => input.shape[0] * scalars * input.shape[2]));
  const some = Math.max(1, Math.floor(mostNumbers / numbersOfFilter));
  return Array.from({length: Math.ceil(filters / some)}, (_, i) => [i * some, Math.min(some, filters - i * some)] as const);
}

/** Per-sample gradients (n·c, part of the filters · q). */
function sampleGradients({input, outputGradient, scalars: c}: PositionedTrace, [first, count]: FilterPart): Tensor2D {
  const [n, positions, entries] = input.shape;
  return tf.tidy(() => {
    const gradients = tf.reshape(tf.slice(outputGradient, [0, 0, first], [n * c, positions, count]), [n, c, positions, count]);
    const columns = tf.reshape(tf.transpose(gradients, [0, 1, 3, 2]), [n, c * count, positions]) as Tensor3D;
    return tf.reshape(tf.matMul(columns, input), [n * c, count * entries]) as Tensor2D;
  });
}
