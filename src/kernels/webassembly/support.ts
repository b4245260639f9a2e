/** What is needed of a host's `WebAssembly`. */
export type WebAssemblyHost = Pick<typeof WebAssembly, "validate">;

/** A module of one function that drops a v128 constant. */
const vectorModule = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[10, 23, 1, 21, 0, 0xfd, 0x0c, ...new Array<number>(16).fill(0), 0x1a, 0x0b]
]);

/** What this host lacks to run kernels, or undefined if it lacks nothing. */
export function missingWebAssembly(host: WebAssemblyHost | undefined = globalThis.WebAssembly): string | undefined {
  if (host === undefined) return "WebAssembly";
  return host.validate(vectorModule) ? undefined : "128-bit SIMD in WebAssembly";
}

/** Whether this host runs kernels: it has WebAssembly with 128-bit SIMD. */
export function webAssemblySupported(host: WebAssemblyHost | undefined = globalThis.WebAssembly): boolean {
  return missingWebAssembly(host) === undefined;
}
