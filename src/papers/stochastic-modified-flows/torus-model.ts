import type {PeriodicSamples} from "../../numerics/index.ts";

/** R̃(z, ξ) = −cos z + ξ s sin z with ξ = ±1, on the circle: R′ = sin z, noise ±s cos z. */
export const torusSamples = (noise: number): PeriodicSamples => ({gradients: [1, -1].map((sign) => (z: number) => Math.sin(z) + sign * noise * Math.cos(z))});

/** What is expected of one, two and three points. */
export const torusStatistics = [
  ([z]: readonly number[]) => Math.exp(Math.sin(z!)),
  ([x, y]: readonly number[]) => Math.sin(x!) * Math.sin(y!),
  ([x, y, z]: readonly number[]) => Math.sin(x!) * Math.sin(y!) * Math.sin(z!)
] as const;
