/** Native code cannot be had here. Its message is one line, the reason; a caller falls back to WebAssembly. */
export class NativeUnavailableError extends Error {
  override name = "NativeUnavailableError";
}
