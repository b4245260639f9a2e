export { tensorLibrary, tf } from "./library.ts";
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, TensorLibrary, TensorLike } from "./library.ts";
export { imagePatches, maximumPoolingTangent, poolingGradient } from "./image-operations.ts";
export type { Padding, WindowSize } from "./image-operations.ts";
export {
  statelessNormal,
  statelessUniform,
  statelessUniformInteger,
  symmetricEigen,
  symmetricEigenvalues,
} from "./native-operations.ts";
export { normals, uniforms } from "./stream-draws.ts";
