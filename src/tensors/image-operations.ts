import { tf } from "./library.ts";
import type { Tensor, Tensor3D, Tensor4D } from "./library.ts";

/** Border treatment of a window that moves over an image: `valid` keeps it inside, `same` pads with zeros. */
export type Padding = "valid" | "same";

/** Height and width. */
export type WindowSize = readonly [number, number];

interface ListAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | string | readonly number[];
}

interface NativeBackend {
  readonly binding: Readonly<Record<"TF_ATTR_TYPE" | "TF_ATTR_INT" | "TF_ATTR_STRING" | "TF_FLOAT", number>>;
  executeSingleOutput(name: string, attributes: readonly ListAttribute[], inputs: readonly Tensor[]): Tensor;
}

const backend = tf.backend() as unknown as NativeBackend;
const { TF_ATTR_TYPE, TF_ATTR_INT, TF_ATTR_STRING, TF_FLOAT } = backend.binding;

const windows = (size: string, [height, width]: WindowSize, [down, across]: WindowSize, padding: Padding): ListAttribute[] => [
  { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
  { name: size, type: TF_ATTR_INT, value: [1, height, width, 1] },
  { name: "strides", type: TF_ATTR_INT, value: [1, down, across, 1] },
  { name: "padding", type: TF_ATTR_STRING, value: padding.toUpperCase() },
];

const checkImages = (images: Tensor, operation: string): void => {
  if (images.rank !== 4 || images.dtype !== "float32") {
    throw new TypeError(`${operation}: expected float32 images (n, height, width, channels), found ${images.dtype} (${images.shape})`);
  }
};

/**
 * The windows of images (n, height, width, channels) at every position, step 1: (n, positions, window height × window
 * width × channels), positions and entries in the order of rows, columns, channels. A convolution is the product of
 * this with the kernel. TensorFlow's `ExtractImagePatches`.
 * @throws TypeError for images that are not float32 of rank 4.
 */
export const imagePatches = (images: Tensor, window: WindowSize, padding: Padding): Tensor3D => {
  checkImages(images, "ExtractImagePatches");
  const attributes = [
    ...windows("ksizes", window, [1, 1], padding),
    { name: "rates", type: TF_ATTR_INT, value: [1, 1, 1, 1] },
  ];
  return tf.tidy(() => {
    const patches = backend.executeSingleOutput("ExtractImagePatches", attributes, [images]) as Tensor4D;
    const [count, rows, columns, entries] = patches.shape;
    return tf.reshape(patches, [count, rows * columns, entries]) as Tensor3D;
  });
};

/**
 * The gradient with respect to the images that a pooling over disjoint windows was given, from that with respect to
 * what it gave. Where several entries of a window are largest, `max` sends the gradient to the first of them.
 * TensorFlow's `MaxPoolGrad` and `AvgPoolGrad`.
 * @throws TypeError for images that are not float32 of rank 4.
 */
export const poolingGradient = (
  kind: "max" | "average",
  { images, pooled, gradient, window, padding }: {
    readonly images: Tensor;
    readonly pooled: Tensor;
    readonly gradient: Tensor;
    readonly window: WindowSize;
    readonly padding: Padding;
  },
): Tensor4D => {
  checkImages(images, "pooling");
  const attributes = [
    ...windows("ksize", window, window, padding),
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
  ];
  if (kind === "max") return backend.executeSingleOutput("MaxPoolGrad", attributes, [images, pooled, gradient]) as Tensor4D;
  return tf.tidy(() => {
    const shape = tf.tensor1d(images.shape, "int32");
    return backend.executeSingleOutput("AvgPoolGrad", attributes, [shape, gradient]) as Tensor4D;
  });
};

/**
 * The derivative of the maxima of disjoint windows along a direction of the images: the direction's entry where each
 * window's first maximum stands. TensorFlow's `MaxPoolGradGrad`.
 * @throws TypeError for images that are not float32 of rank 4.
 */
export const maximumPoolingTangent = (
  { images, pooled, tangent, window, padding }: {
    readonly images: Tensor;
    readonly pooled: Tensor;
    readonly tangent: Tensor;
    readonly window: WindowSize;
    readonly padding: Padding;
  },
): Tensor4D => {
  checkImages(images, "pooling");
  const attributes = [
    ...windows("ksize", window, window, padding),
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
  ];
  return backend.executeSingleOutput("MaxPoolGradGrad", attributes, [images, pooled, tangent]) as Tensor4D;
};
