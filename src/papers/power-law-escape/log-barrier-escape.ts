import {recordFirstPassages, runEnsemble, stochasticHeunStep} from "../../dynamics/index.ts";
import type {Dynamics} from "../../dynamics/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {doubleWell, escapeRate} from "./log-loss-predictions.ts";
import type {LogBarrierEscapeParameters} from "./parameters.ts";

/** One replica's passage from the left minimum, −1, to the right one, +1. */
export interface BarrierPassage {
  readonly temperature: number;
  readonly lossRatio: number;
  /** Time step in τ times the curvature of log L at the minimum. */
  readonly relativeTimeStep: number;
  readonly replica: number;
  /** Time t at the passage, or when the replica was censored, in units of one over the well's prefactor. */
  readonly time: number;
  readonly crossed: boolean;
}

interface Cell {
  readonly temperature: number;
  readonly lossRatio: number;
  readonly relativeTimeStep: number;
}

/**
 * The log-loss equation dθ = −(log L)′ dτ + √(2T) dW in a double well with the
 * time t = ∫ dτ / L carried along: state (θ, Σ 1/L), both of shape [R].
 */
function logLossDynamics({lossRatio, temperature}: Cell, timeStep: number, replicas: number, stream: RandomStream): Dynamics {
  const {minimumLoss} = doubleWell(lossRatio);
  const noiseScale = Math.sqrt(2 * temperature * timeStep);
  return {
    initial: () => [tf.fill([replicas], -1), tf.zeros([replicas])],
    draw: (chunk, steps) => [tf.mul(normals(stream, chunk, [steps, replicas]), noiseScale)],
    step: ([position, inverseLosses], [noise]) => {
      const well = (x: typeof position) => tf.sub(tf.square(x!), 1);
      const loss = (v: typeof position) => tf.add(tf.square(v!), minimumLoss);
      const increment = (x: typeof position) => {
        const v = well(x);
        return tf.div(tf.mul(tf.mul(x!, v), -4 * timeStep), loss(v));
      };
      const next = stochasticHeunStep(position!, increment, noise!);
      return [next, tf.add(inverseLosses!, tf.reciprocal(loss(well(next))))];
    }
  };
}

const chunkSteps = 64;

/**
 * −ζ(1/2)/√(2π): a barrier b watched at steps of a Brownian motion of step
 * deviation s is passed like one at b + 0.5826 s watched at all times
 * (Broadie, Glasserman and Kou, Mathematical Finance 7, 1997).
 */
const discreteWatchShift = 0.5826;

/** Cells of the sweep: every barrier at every temperature, and the middle barrier with half the time step. */
function cells({temperatures, lossRatios, relativeTimeStep}: LogBarrierEscapeParameters): readonly Cell[] {
  const middle = lossRatios[Math.floor((lossRatios.length - 1) / 2)]!;
  return temperatures.flatMap((temperature) => [
    ...lossRatios.map((lossRatio) => ({temperature, lossRatio, relativeTimeStep})),
    {temperature, lossRatio: middle, relativeTimeStep: relativeTimeStep / 2}
  ]);
}

/**
 * E0.1: replicas of the log-loss equation are followed from one minimum of the
 * double well L = L₀ + (θ² − 1)² to the other, and the time t of each passage
 * is recorded; a replica that has not arrived after the steps that cover
 * `longestInMeans` of the paper's mean times is censored where it stands.
 *
 * The equation in τ has additive noise, so that the stochastic Heun method is
 * of weak order 2; t is summed along the path, exact but for half a time step
 * at either end; the level watched is shifted for being watched at steps only.
 */
export function logBarrierEscape(parameters: LogBarrierEscapeParameters, {stream, progress}: ExperimentContext): readonly BarrierPassage[] {
  const {replicas, longestInMeans} = parameters;
  const all = cells(parameters);
  return all.flatMap((cell, index) => {
    const {temperature, lossRatio, relativeTimeStep} = cell;
    const well = doubleWell(lossRatio);
    const timeStep = (relativeTimeStep * well.minimumLoss) / well.curvatureAtMinimum;
    const longest = longestInMeans / escapeRate(well, temperature);
    const steps = Math.ceil((longest * well.minimumLoss) / timeStep);
    const recorder = recordFirstPassages([1 - discreteWatchShift * Math.sqrt(2 * temperature * timeStep)], replicas);
    const name = `temperature ${temperature} ratio ${lossRatio} step ${relativeTimeStep}`;
    const [position, inverseLosses] = runEnsemble(logLossDynamics(cell, timeStep, replicas, stream(name, 0)), {
      steps,
      chunkSteps,
      observe: ([x, s]) => [x!, s!],
      receive: ([x, s], before) => recorder.take(x!, s!, before),
      progress: (done, total) => progress(index + done / total, all.length)
    });
    const elapsed = inverseLosses!.dataSync();
    tf.dispose([position!, inverseLosses!]);
    const {steps: crossing, clocks} = recorder.passages;
    return Array.from({length: replicas}, (_, replica): BarrierPassage => {
      const crossed = crossing[replica]! > 0;
      return {...cell, replica, time: timeStep * (crossed ? clocks[replica]! : elapsed[replica]!), crossed};
    });
  });
}
