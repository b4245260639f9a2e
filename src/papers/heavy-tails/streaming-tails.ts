import type {ExperimentContext} from "../experiment.ts";
import {sgdDistances} from "./distance-chains.ts";
import {eigenvaluesOf} from "./streaming-cells.ts";
import type {StreamingCell} from "./streaming-cells.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** One order statistic of ‖θ − θ*‖ of one cell's chains, at their end or half-way. */
export interface StreamingTailPoint extends TailPoint {
  readonly cell: string;
  readonly halfway: boolean;
}

const tailShare = 0.05;
const checkShare = 0.006;

/** E2.2: ‖θ − θ*‖ of independent chains of SGD in every cell that is simulated. */
export async function streamingTails(cells: readonly StreamingCell[], parameters: StreamingTailsParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly StreamingTailPoint[]> {
  const simulated = cells.filter(({steps}) => steps !== null);
  const points: StreamingTailPoint[] = [];
  for (const [i, cell] of simulated.entries()) {
    const {end, half} = await sgdDistances({...cell, ridge: 0, eigenvalues: eigenvaluesOf(cell, parameters)}, {chains: cell.chains!, steps: cell.steps!}, {
      ensembles,
      key: stream(`SGD ${cell.cell}`, 0).ensembleKey(),
      progress: (done, blocks) => progress(i + done / blocks, simulated.length)
    });
    for (const point of tailSample(end, tailShare)) points.push({cell: cell.cell, halfway: false, ...point});
    for (const point of tailSample(half, checkShare)) points.push({cell: cell.cell, halfway: true, ...point});
  }
  return points;
}
