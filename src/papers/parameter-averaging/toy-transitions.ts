import {findRoot, localMinima, lowestMinimum} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import {toyShapes} from "./toy-shapes.ts";
import type {ToyShape} from "./toy-shapes.ts";
import {toyOf} from "./toys.ts";
import type {Toy} from "./toys.ts";

/** Step sizes at which the smoothed objective changes its shape; null where that does not happen below the largest step looked at. */
export interface ToyTransition {
  readonly objective: "rippled bowl" | "two wells";
  /** From here on F has one minimum. */
  readonly singleFrom: number | null;
  /** Here the lowest minimum of F leaves the basin, in f, of the lowest minimum of f. */
  readonly lowestMovesAt: number | null;
}

const [leastStep, mostStep, parts] = [0.005, 2, 400];

/** The least step on a fine grid from which on a property holds, refined by bisection; null where it does not hold at the largest. */
function holdsFrom(property: (stepSize: number) => boolean): number | null {
  const steps = Array.from({length: parts + 1}, (_, i) => leastStep * (mostStep / leastStep) ** (i / parts));
  if (!property(mostStep)) return null;
  const lastWithout = steps.findLastIndex((stepSize) => !property(stepSize));
  return lastWithout < 0 ? leastStep : findRoot((stepSize) => (property(stepSize) ? 1 : -1), steps[lastWithout]!, steps[lastWithout + 1]!, {tolerance: 1e-9});
}

function transitionOf({name, weights: [weight]}: Toy, reach: number): ToyTransition {
  const {objective, smoothed, noise} = weight!;
  const minimaAt = (stepSize: number) => localMinima(smoothed(stepSize * noise), -reach, reach, {intervals: 400});
  const home = lowestMinimum(localMinima(objective, -reach, reach));
  const isAway = (stepSize: number) => {
    const {minimiser} = lowestMinimum(minimaAt(stepSize));
    return minimiser < home.lower || minimiser > home.upper;
  };
  return {objective: name as ToyTransition["objective"], singleFrom: holdsFrom((stepSize) => minimaAt(stepSize).length === 1), lowestMovesAt: holdsFrom(isAway)};
}

type TransitionCell = Pick<ToyParameters, "startWidth"> & {readonly toy: ToyShape};

/** E3.1: where the smoothed rippled bowl and the smoothed two wells lose minima and move the lowest one, from their closed forms. A cell is one objective. */
export const toyTransitions = /* @__PURE__ */ defineExperiment({
  cells: (parameters: ToyParameters) =>
    toyShapes(parameters)
      .filter(({name}) => name === "rippled bowl" || name === "two wells")
      .map((toy) => ({name: toy.name, reads: {toy, startWidth: parameters.startWidth}})),

  run: ({toy, startWidth}: TransitionCell): readonly ToyTransition[] => [transitionOf(toyOf(toy), 2 * startWidth)]
});
