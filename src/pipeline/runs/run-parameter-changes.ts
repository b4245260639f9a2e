import type {ResolvedParameters} from "../parameters.ts";
import {parameterChanges} from "./parameter-changes.ts";
import type {ParameterChange} from "./parameter-changes.ts";

/** A parameter of a paper that differs between two runs: `seed`, or a path such as `tailTrends.stepSizes[1]`. */
export interface RunParameterChange extends ParameterChange {
  readonly paper: string;
}

type PaperParameters = Readonly<Record<string, ResolvedParameters>>;

/** The parameters that differ between two runs, paper by paper in the order of the first. */
export function runParameterChanges(first: PaperParameters, second: PaperParameters): readonly RunParameterChange[] {
  const papers = new Set([...Object.keys(first), ...Object.keys(second)]);
  const flat = (run: PaperParameters, paper: string) => (Object.hasOwn(run, paper) ? {seed: run[paper]!.seed, ...run[paper]!.sections} : {});
  return [...papers].flatMap((paper) => parameterChanges(flat(first, paper), flat(second, paper)).map((change) => ({paper, ...change})));
}
