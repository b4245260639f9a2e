import { createRequire } from "node:module";
import { loadTensorModule } from "./load-tensor-module.ts";

/** A tensor of any rank, and tensors of a known one. */
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, TensorLike } from "@tensorflow/tfjs-node";

/** Which native library computes, for a result's provenance. */
export interface TensorLibrary {
  /** Version of tfjs-node. */
  readonly tfjs: string;
  /** Version of libtensorflow, as the loaded library reports it. */
  readonly tensorflow: string;
  /** Where the library came from, as the set-up recorded it: `wheel`, `folder`, `package`, or `unrecorded`. */
  readonly source: string;
  /** SHA-256 of the download that held the library, or of the library itself; null if none was recorded. */
  readonly sha256: string | null;
}

interface NativeBackend {
  readonly binding: { readonly TF_Version: string };
}

const require = createRequire(import.meta.url);

/**
 * tfjs-node on its native backend: the one place where it is loaded. Tensors are float32, int32 or bool; there is no
 * float64.
 * @throws Error on import if the native library is missing, naming `npm run setup`.
 */
export const tf = loadTensorModule(require);

const setupRecord = (): { readonly source?: string; readonly sha256?: string } => {
  try {
    return require("../../node_modules/.driftbook/native-library.json") as { source?: string; sha256?: string };
  } catch {
    return {};
  }
};

/** The versions and the origin of the native library that this process runs. */
export const tensorLibrary = (): TensorLibrary => {
  const { source, sha256 } = setupRecord();
  const { binding } = tf.backend() as unknown as NativeBackend;
  return {
    tfjs: tf.version["tfjs-node"],
    tensorflow: binding.TF_Version,
    source: source ?? "unrecorded",
    sha256: sha256 ?? null,
  };
};
