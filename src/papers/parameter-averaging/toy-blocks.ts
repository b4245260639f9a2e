import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyRun} from "./toy-runs.ts";
import type {ToyName} from "./toy-shapes.ts";

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

/** Blocks of consecutive runs, by which what is random of a table of runs is judged. */
export function toyBlocks(runs: readonly ToyRun[], {blocks}: Pick<ToyParameters, "blocks">): readonly ToyBlock[] {
  return runsByCell(runs).flatMap((own) => {
    const {objective, stepSize} = own[0]!;
    return Array.from({length: blocks}, (_, block): ToyBlock => {
      const members = own.slice(Math.floor((block * own.length) / blocks), Math.floor(((block + 1) * own.length) / blocks));
      const mean = (value: (run: ToyRun) => number) => members.reduce((sum, run) => sum + value(run), 0) / members.length;
      return {
        objective,
        stepSize,
        block,
        lastSquare: mean(({lastDistance}) => lastDistance ** 2),
        averageSquare: mean(({averageDistance}) => averageDistance ** 2),
        lastExcess: mean(({lastExcess}) => lastExcess),
        averageExcess: mean(({averageExcess}) => averageExcess)
      };
    });
  });
}

/** Runs of one objective at one step size together, in the order of the table. */
function runsByCell(runs: readonly ToyRun[]): readonly (readonly ToyRun[])[] {
  const cells = new Map<string, ToyRun[]>();
  for (const run of runs) {
    const name = `${run.objective} ${run.stepSize}`;
    const own = cells.get(name);
    if (own === undefined) cells.set(name, [run]);
    else own.push(run);
  }
  return [...cells.values()];
}
