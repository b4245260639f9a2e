import type { RandomStream } from "../random/index.ts";
import type { Tensor } from "./library.ts";
import { statelessNormal, statelessUniform } from "./native-operations.ts";

/** Standard normal float32 numbers of a stream's step; `purpose` tells apart several draws of one step. */
export const normals = (stream: RandomStream, step: number, shape: readonly number[], purpose?: string): Tensor =>
  statelessNormal(shape, stream.key(step, purpose));

/** Uniform float32 numbers in [0, 1) of a stream's step; `purpose` tells apart several draws of one step. */
export const uniforms = (stream: RandomStream, step: number, shape: readonly number[], purpose?: string): Tensor =>
  statelessUniform(shape, stream.key(step, purpose));
