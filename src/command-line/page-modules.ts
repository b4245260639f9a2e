import type {PageModules} from "../site/index.ts";

/** The code of the project that pages can import, by the module's name under `docs`. */
export const pageModules: PageModules = {"live.js": "src/live/index.ts"};
