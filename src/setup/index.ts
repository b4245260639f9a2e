export { ensureChromium } from "./chromium.ts";
export { ensureNativeLibrary } from "./native-library.ts";
export type { NativeLibrary, NativeLibraryOptions } from "./native-library.ts";
export { SetupError } from "./setup-error.mjs";
