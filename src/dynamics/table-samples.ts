import type {SampleSource} from "./sample-source.ts";

/** How samples are taken from a table. */
export interface TableSamples {
  /** d, the number of features. */
  readonly dimension: number;
  /**
   * "with": every sample is any row of the table, independent of all others.
   * "without": each replica takes every row once in an order of its own, then
   * begins again in a new order; a batch may reach over that end.
   */
  readonly replacement: "with" | "without";
}

/**
 * Samples of a finite data set, the table `samples`: one row for each sample,
 * its d features first and then its label. The loss is the mean of
 * ½ (θ·x − y)² over the rows.
 * @throws RangeError for another `replacement`.
 */
export function tableSamples({dimension, replacement}: TableSamples): SampleSource<Record<never, never>, {readonly samples: number}> {
  if (replacement !== "with" && replacement !== "without") throw new RangeError(`replacement: expected "with" or "without", found ${JSON.stringify(replacement)}`);
  return {
    dimension,
    parameters: {},
    tables: {samples: dimension + 1},
    draw: ({tables: {samples}}) => {
      const row = replacement === "with" ? samples.drawRow() : samples.drawRowWithoutReplacement();
      return {features: samples.row(row, 0, dimension), label: samples.value(row, dimension)};
    }
  };
}
