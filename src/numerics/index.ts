export * from "./argument-checks.ts";
export * from "./gaussian-quadrature.ts";
export * from "./integrate.ts";
export * from "./find-root.ts";
export * from "./minimize.ts";
export type { FirstPassageTimes } from "./first-passage-sweep.ts";
export * from "./one-dimensional-first-passage.ts";
export * from "./radial-first-passage.ts";
