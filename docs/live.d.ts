export * from "../src/live/index.ts";
