import { requireFinite, requireFiniteEntries, unexpected } from "./argument-checks.ts";
import { requireDataPoints } from "./scalar-mean-field.ts";
import type { DataPoint } from "./scalar-mean-field.ts";

/** One neuron `Φ(θ, x)` with a scalar parameter, and its derivatives in `θ`. */
export interface MeanFieldUnit {
  readonly value: (parameter: number, input: number) => number;
  readonly slope: (parameter: number, input: number) => number;
  readonly curvature: (parameter: number, input: number) => number;
}

/** `Φ = tanh(θx)`. */
export const tanhUnit: MeanFieldUnit = {
  value: (parameter, input) => Math.tanh(parameter * input),
  slope: (parameter, input) => input * (1 - Math.tanh(parameter * input) ** 2),
  curvature: (parameter, input) => {
    const value = Math.tanh(parameter * input);
    return -2 * input * input * value * (1 - value * value);
  },
};

/** `Φ = θ²x`, under which all neurons are scaled by one factor. */
export const squareUnit: MeanFieldUnit = {
  value: (parameter, input) => parameter * parameter * input,
  slope: (parameter, input) => 2 * parameter * input,
  curvature: (_parameter, input) => 2 * input,
};

/** A network `f(x; Γ) = ∫Φ(θ, x) Γ(dθ)` with square loss on data points that are equally likely. */
export interface MeanFieldNetwork {
  readonly unit: MeanFieldUnit;
  readonly data: readonly DataPoint[];
}

/** How much of each part of the correction a drift has: `η` for the whole, 0 for none. */
export interface DriftCorrection {
  /** Weight of `½ ∂V̄ V̄`, the neuron's own derivative. */
  readonly own: number;
  /** Weight of `½ ∫D_μV̄ V̄ dΛ`, the Lions derivative. */
  readonly lions: number;
}

/** Returns the particles unchanged. @throws RangeError for none, or one that is not finite. */
export function requireParticles<T extends ArrayLike<number>>(particles: T): T {
  return requireFiniteEntries("particles", particles);
}

/** Checks a network. @throws RangeError for bad data. */
export function requireNetwork(network: MeanFieldNetwork): MeanFieldNetwork {
  requireDataPoints(network.data);
  return network;
}

/**
 * The update `V(θ, Γ, ξ) = -(f(x; Γ) - y) ∂Φ(θ, x)` of every particle on one data point, `Γ` the particles themselves.
 *
 * @param particles (M)
 * @returns (M)
 */
export function meanFieldVelocity({ unit, data }: MeanFieldNetwork, particles: ArrayLike<number>, sample: number): Float64Array {
  const { input, label } = data[sample] ?? (() => { throw unexpected("sample", `an index below ${data.length}`, sample); })();
  let output = 0;
  for (let k = 0; k < particles.length; k += 1) output += unit.value(particles[k], input);
  const residual = requireFinite("the network's output", output / particles.length) - label;
  return Float64Array.from(particles, (parameter) => -residual * unit.slope(parameter, input));
}

/**
 * Drift of the distribution-dependent flow on the particles' own measure,
 *
 *     V̄ - ½ (own · ∂V̄ V̄ + lions · ∫D_μV̄(θ, Λ)(ϑ) V̄(ϑ) Λ(dϑ)),
 *
 * where for the square loss `D_μV̄(θ, Λ)(ϑ) = -E ∂Φ(θ, x) ∂Φ(ϑ, x)`.
 *
 * Derived here.
 *
 * @param particles (M)
 * @returns (M)
 */
export function meanFieldDrift(network: MeanFieldNetwork, particles: ArrayLike<number>, { own, lions }: DriftCorrection): Float64Array {
  const { unit, data } = network;
  const count = particles.length;
  const velocity = new Float64Array(count);
  for (let i = 0; i < data.length; i += 1) meanFieldVelocity(network, particles, i).forEach((value, k) => (velocity[k] += value / data.length));
  if (own === 0 && lions === 0) return velocity;
  const drift = Float64Array.from(velocity);
  for (const { input, label } of data) {
    let [output, change] = [0, 0];
    for (let k = 0; k < count; k += 1) {
      output += unit.value(particles[k], input) / count;
      change += (unit.slope(particles[k], input) * velocity[k]) / count;
    }
    for (let k = 0; k < count; k += 1) {
      const ownPart = -(output - label) * unit.curvature(particles[k], input) * velocity[k];
      const lionsPart = -change * unit.slope(particles[k], input);
      drift[k] -= (own * ownPart + lions * lionsPart) / (2 * data.length);
    }
  }
  return drift;
}
