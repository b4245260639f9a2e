import {localMinima, lowestMinimum} from "../../numerics/index.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyRun} from "./toy-runs.ts";
import {toysOf} from "./toys.ts";
import type {Toy, ToyName} from "./toys.ts";

/** Means over one block of runs of one objective at one step size. */
export interface ToyBlock {
  readonly objective: ToyName;
  readonly stepSize: number;
  readonly block: number;
  /** Mean |w − v*|² of last iterates and of averages. */
  readonly lastSquare: number;
  readonly averageSquare: number;
  /** Mean F − F(v*) of last iterates and of averages. */
  readonly lastExcess: number;
  readonly averageExcess: number;
}

/** F − F(v*) of the smoothed objective at one step size, as a function of up to two weights. */
function excessOf({weights}: Toy, stepSize: number, reach: number): (first: number, second: number | null) => number {
  const parts = weights.map(({smoothed, noise}) => {
    const part = smoothed(stepSize * noise);
    return {part, least: lowestMinimum(localMinima(part, -reach, reach)).value};
  });
  return (first, second) => parts.reduce((sum, {part, least}, i) => sum + part.value(i === 0 ? first : second!) - least, 0);
}

/** Blocks of consecutive runs, by which what is random of a table of runs is judged. */
export function toyBlocks(runs: readonly ToyRun[], parameters: ToyParameters): readonly ToyBlock[] {
  const {blocks, startWidth} = parameters;
  return toysOf(parameters).flatMap((toy) =>
    toy.stepSizes.flatMap((stepSize) => {
      const own = runs.filter((run) => run.objective === toy.name && run.stepSize === stepSize);
      const excess = excessOf(toy, stepSize, 2 * startWidth);
      return Array.from({length: blocks}, (_, block): ToyBlock => {
        const members = own.slice(Math.floor((block * own.length) / blocks), Math.floor(((block + 1) * own.length) / blocks));
        const mean = (value: (run: ToyRun) => number) => members.reduce((sum, run) => sum + value(run), 0) / members.length;
        return {
          objective: toy.name,
          stepSize,
          block,
          lastSquare: mean(({lastDistance}) => lastDistance ** 2),
          averageSquare: mean(({averageDistance}) => averageDistance ** 2),
          lastExcess: mean(({last, lastSecond}) => excess(last, lastSecond)),
          averageExcess: mean(({average, averageSecond}) => excess(average, averageSecond))
        };
      });
    })
  );
}
