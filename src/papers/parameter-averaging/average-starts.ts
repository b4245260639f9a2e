/** The averages of SGD at the large step, with the fraction of the steps after which each starts. */
export const averageStarts = {"average of all": 0, "average of last half": 0.5, "average of last quarter": 0.75} as const;
export type AverageName = keyof typeof averageStarts;
