export { checkSeed } from "./check-seed.ts";
export { createGenerator } from "./generator.ts";
export type { Generator } from "./generator.ts";
export { createStream } from "./stream.ts";
export type { RandomStream, StreamAddress, StreamKey } from "./stream.ts";
