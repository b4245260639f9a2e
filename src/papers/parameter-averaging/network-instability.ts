import {disposeParameters} from "../../models/index.ts";
import {defineExperiment} from "../experiment.ts";
import {instabilityStep} from "./network-curvature.ts";
import type {NetworkTrainingParameters} from "./network-training-parameters.ts";
import {imageSetsOf, networkProblem, prepareProblem} from "./network-problem.ts";
import type {NetworkProblem} from "./network-problem.ts";

/** The curvature of the training loss before training, of which the step sizes of a network are made. */
export interface NetworkInstability {
  /** tr H at the first seed's first weights, with its standard error over probes. */
  readonly trace: number;
  readonly traceError: number;
  /** λ₁(H) there. */
  readonly sharpness: number;
  /** 2/(λ₁ + tr H/(cB)), c outputs and batches of B. */
  readonly stepSize: number;
}

/** E3.2: the instability step at the first seed's first weights, before anything is trained. There is one cell. */
export const networkInstability = /* @__PURE__ */ defineExperiment({
  cells: (parameters: NetworkTrainingParameters) => {
    const reads = networkProblem(parameters);
    return [{name: "first weights", reads, imageSets: imageSetsOf(reads)}];
  },

  run(problem: NetworkProblem, context): readonly NetworkInstability[] {
    const {network, cohort, curvatures} = prepareProblem(problem, {first: 0, count: 1}, context);
    const start = cohort.initial();
    const {trace, traceError, sharpness} = curvatures(start, 0);
    disposeParameters(start);
    cohort.dispose();
    return [{trace, traceError, sharpness: sharpness!, stepSize: instabilityStep({trace, sharpness: sharpness!}, {batchSize: problem.batchSize, outputs: network.outputs})}];
  }
});
