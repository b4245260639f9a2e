export { tensorLibrary, tf } from "./library.ts";
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, TensorLibrary, TensorLike } from "./library.ts";
export {
  statelessNormal,
  statelessUniform,
  statelessUniformInteger,
  symmetricEigen,
  symmetricEigenvalues,
} from "./native-operations.ts";
export { normals, uniforms } from "./stream-draws.ts";
