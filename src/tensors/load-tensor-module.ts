import { applyLoadOptions } from "./load-options.ts";
import { restoreRemovedFunctions } from "./restore-removed-functions.ts";

type TensorModule = typeof import("@tensorflow/tfjs-node");

/**
 * Loads tfjs-node with the load options set and the functions it misses restored.
 * @param require CommonJS's, since tfjs-node is no ES module.
 * @throws Error naming `npm run setup` if the package or its native library is missing.
 */
export const loadTensorModule = (
  require: (name: string) => unknown,
  environment: Record<string, string | undefined> = process.env,
): TensorModule => {
  applyLoadOptions(environment);
  restoreRemovedFunctions(require("node:util") as object);
  try {
    return require("@tensorflow/tfjs-node") as TensorModule;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0]?.trim() : String(error);
    throw new Error(`The native tensor library is not set up; run \`npm run setup\` (${reason})`, { cause: error });
  }
};
