import {requireIntegerAtLeast, requireNonNegative} from "../../numerics/index.ts";
import {mean, variance} from "../../statistics/index.ts";
import type {RandomSource} from "../../statistics/index.ts";

/** Rank-one steps I − γ(a aᵀ + δ) with independent rows a. */
export interface RankOneSteps {
  readonly dimension: number;
  readonly stepSize: number;
  readonly ridge: number;
  /** Writes a row a into its argument. */
  readonly drawRow: (row: Float64Array, random: RandomSource) => void;
}

/** How many particles for how many steps; half as many steps go before those that count. */
export interface PopulationSize {
  readonly particles: number;
  readonly steps: number;
}

/** A growth rate a step with its standard error. */
export interface GrowthRate {
  readonly rate: number;
  readonly standardError: number;
}

const batches = 20;

/**
 * The growth rate of a moment of products of independent steps M = I − γ(a aᵀ + δ),
 *
 * Λ(p) = lim (1/k) log E |M_k ⋯ M_1 u|^p  for p > 0,  Λ(0) := lim (1/k) E log |M_k ⋯ M_1 u|,
 *
 * the top Lyapunov exponent, by a population of directions u: each step moves every particle by a row of its own, the
 * mean of |M u|^p is one factor of the moment, and particles are chosen anew in proportion to |M u|^p (systematic
 * resampling), for p > 0. The bias is of order 1/particles; the error is from 20 batches of successive steps.
 *
 * Source: P. Del Moral, Feynman–Kac Formulae (2004), section 12.4; the cloning of Giardinà, Kurchan, Peliti, Phys. Rev.
 * Lett. 96 (2006) 120603.
 * @throws RangeError for a power below 0 or a population too small.
 */
export function momentGrowth({dimension, drawRow, stepSize, ridge}: RankOneSteps, power: number, {particles, steps}: PopulationSize, random: RandomSource): GrowthRate {
  requireNonNegative("power", power);
  requireIntegerAtLeast("particles", particles, 2);
  requireIntegerAtLeast("steps", steps, batches);
  const decay = 1 - stepSize * ridge;
  const row = new Float64Array(dimension);
  let state = Float64Array.from({length: particles * dimension}, () => random.normal());
  let chosen = new Float64Array(state.length);
  for (let particle = 0; particle < particles; particle++) normalize(state, particle * dimension, dimension);
  const factors = new Float64Array(particles);
  const growths: number[] = [];
  for (let step = 0; step < Math.ceil(1.5 * steps); step++) {
    for (let particle = 0; particle < particles; particle++) {
      const offset = particle * dimension;
      drawRow(row, random);
      let product = 0;
      for (let j = 0; j < dimension; j++) product += row[j]! * state[offset + j]!;
      for (let j = 0; j < dimension; j++) state[offset + j] = decay * state[offset + j]! - stepSize * product * row[j]!;
      const norm = normalize(state, offset, dimension);
      factors[particle] = power === 0 ? Math.log(norm) : norm ** power;
    }
    growths.push(power === 0 ? mean(factors) : Math.log(mean(factors)));
    if (power === 0) continue;
    resample(state, chosen, factors, dimension, random.uniform());
    [state, chosen] = [chosen, state];
  }
  const counted = growths.slice(-steps);
  const size = Math.floor(steps / batches);
  const means = Array.from({length: batches}, (_, batch) => mean(counted.slice(batch * size, (batch + 1) * size)));
  return {rate: mean(means), standardError: Math.sqrt(variance(means) / batches)};
}

/** Divides a vector by its norm and returns the norm. */
function normalize(state: Float64Array, offset: number, dimension: number): number {
  let sum = 0;
  for (let j = offset; j < offset + dimension; j++) sum += state[j]! * state[j]!;
  const norm = Math.sqrt(sum);
  for (let j = offset; j < offset + dimension; j++) state[j]! /= norm;
  return norm;
}

function resample(from: Float64Array, to: Float64Array, factors: Float64Array, dimension: number, start: number): void {
  const particles = factors.length;
  const total = factors.reduce((sum, factor) => sum + factor, 0);
  let [source, reached] = [0, factors[0]!];
  for (let particle = 0; particle < particles; particle++) {
    const target = ((particle + start) / particles) * total;
    while (reached < target && source < particles - 1) reached += factors[++source]!;
    for (let j = 0; j < dimension; j++) to[particle * dimension + j] = from[source * dimension + j]!;
  }
}
