export { cosine } from "./cosine.ts";
export { exponential } from "./exponential.ts";
export { hyperbolicTangent } from "./hyperbolic-tangent.ts";
export { logarithm } from "./logarithm.ts";
export { normalPair } from "./normal-pair.ts";
export { sine } from "./sine.ts";
export { uniform } from "./uniform.ts";
export { uniformIndex } from "./uniform-index.ts";
