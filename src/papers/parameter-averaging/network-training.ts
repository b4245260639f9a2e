import {combinedAverage, disposeParameters, parameterAverage, samStep} from "../../models/index.ts";
import type {NetworkParameters, ParameterAverage} from "../../models/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {CellContext, ReplicaRange} from "../experiment.ts";
import {averageStarts} from "./average-starts.ts";
import type {AverageName} from "./average-starts.ts";
import type {NetworkInstability} from "./network-instability.ts";
import {imageSetsOf, isStacked, networkProblem, prepareProblem} from "./network-problem.ts";
import type {NetworkProblem, PreparedProblem} from "./network-problem.ts";
import type {NetworkTrainingParameters} from "./network-training-parameters.ts";
import type {Fit} from "./training-cohort.ts";

/** What ends a training: the last iterate of SGD or SAM, or an average of the iterates at the large step. */
export type MethodName = "small step" | "large step" | "large step, other order" | "SAM" | AverageName;

/** Where one method stands at one epoch of one seed. */
export interface NetworkTrainingRow {
  readonly seed: number;
  readonly method: MethodName;
  readonly epoch: number;
  readonly stepSize: number;
  /** Not finite at this epoch, or at the last one above the loss of the first weights: all else is null then. */
  readonly diverged: boolean;
  readonly trainingLoss: number | null;
  readonly testLoss: number | null;
  readonly accuracy: number | null;
  /** At the last epoch of those methods whose sharpness is compared, and all along the large step. */
  readonly trace: number | null;
  readonly traceError: number | null;
  /** At the last epoch alone. */
  readonly sharpness: number | null;
  readonly leastCurvature: number | null;
}

/** What is trained, of which the averages are by-products. */
type Trained = Exclude<MethodName, AverageName>;

/** One training, of one range of seeds. */
interface TrainingCell extends NetworkProblem, Pick<NetworkTrainingParameters, "epochs" | "recordEpochs"> {
  readonly seeds: ReplicaRange;
  readonly method: Trained;
  /** The step size over the instability step. */
  readonly fraction: number;
  /** ρ of SAM; null where nothing ascends. */
  readonly ascentRadius: number | null;
}

const measuredMethods: readonly MethodName[] = ["small step", "large step", "average of last half", "SAM"];
const noCurvature = {trace: null, traceError: null, sharpness: null, leastCurvature: null};

function checkParameters({smallFraction, largeFraction, epochs, recordEpochs}: NetworkTrainingParameters): void {
  const late = recordEpochs.findIndex((epoch) => epoch > epochs);
  if (late >= 0) throw new RangeError(`recordEpochs[${late}]: expected at most epochs = ${epochs}, found ${recordEpochs[late]}`);
  if (!(smallFraction < largeFraction)) throw new RangeError(`smallFraction: expected less than largeFraction = ${largeFraction}, found ${smallFraction}`);
}

/** The running means of the segments of a training between the starts of the averages: all averages, one addition a step. */
function segmentedAverages(steps: number) {
  const starts = Object.values(averageStarts);
  const segments: readonly ParameterAverage[] = starts.map(() => parameterAverage());
  let taken = 0;
  return {
    add: (parameters: NetworkParameters) => {
      taken++;
      segments[starts.findLastIndex((start) => taken > start * steps)]!.add(parameters);
    },
    /** The averages that have begun. */
    means: (): readonly (readonly [AverageName, NetworkParameters])[] =>
      (Object.keys(averageStarts) as AverageName[]).flatMap((name, i) => (segments[i]!.count() === 0 ? [] : [[name, combinedAverage(segments.slice(i))] as const])),
    dispose: () => segments.forEach((segment) => segment.dispose())
  };
}

const orderOf = (method: Trained): string => (method === "large step, other order" ? "another order of samples" : "order of samples");

/** Trains a cohort by one method's rule and records the last iterates and, along the large step, their averages. */
function trainCohort({cohort, curvatures}: PreparedProblem, {method, ascentRadius, seeds: range, epochs, recordEpochs, batchSize, data: {samples}}: TrainingCell, stepSize: number, {stream, progress}: Pick<CellContext, "stream" | "progress">): readonly NetworkTrainingRow[] {
  const seeds = Array.from({length: range.count}, (_, place) => range.first + place);
  const orders = seeds.map((seed) => stream("training", seed).generator(orderOf(method)));
  const step = ascentRadius === null ? {} : {step: samStep(ascentRadius)};
  const averages = method === "large step" ? segmentedAverages(epochs * Math.floor(samples / batchSize)) : null;
  const rows: NetworkTrainingRow[] = [];
  let weights = cohort.initial();
  const first = cohort.fit(weights, "training");
  for (let epoch = 0; epoch <= epochs; epoch++) {
    if (epoch > 0) weights = cohort.train(weights, {stepSize, batchSize, ...step, ...(averages && {afterStep: averages.add})}, orders);
    progress(epoch + 1, epochs + 1);
    const isLast = epoch === epochs;
    if (epoch !== 0 && !isLast && !recordEpochs.includes(epoch)) continue;
    const last = cohort.fit(weights, "training");
    const isDiverged = last.map(({loss}, i) => !(loss < (isLast ? first[i]!.loss : Infinity)));
    const record = (name: MethodName, parameters: NetworkParameters, training: readonly Fit[]) => {
      const test = cohort.fit(parameters, "test");
      seeds.forEach((seed, i) => {
        const diverged = isDiverged[i]! || !Number.isFinite(training[i]!.loss + test[i]!.loss);
        const own = {seed, method: name, epoch, stepSize, diverged};
        if (diverged) rows.push({...own, trainingLoss: null, testLoss: null, accuracy: null, ...noCurvature});
        else rows.push({...own, trainingLoss: training[i]!.loss, testLoss: test[i]!.loss, accuracy: test[i]!.accuracy, ...(name === "large step" || (isLast && measuredMethods.includes(name)) ? curvatures(parameters, i, !isLast) : noCurvature)});
      });
    };
    record(method, weights, last);
    for (const [name, mean] of averages?.means() ?? []) {
      record(name, mean, cohort.fit(mean, "training"));
      disposeParameters(mean);
    }
  }
  averages?.dispose();
  disposeParameters(weights);
  return rows;
}

/** The trainings in the order of the table. */
const trainings = ["small step", "large step", "SAM", "large step, other order"] as const satisfies readonly Trained[];

/**
 * E3.2: trains one network on the square loss from paired seeds by SGD at a small and at a large step, whose iterates
 * are averaged from several starts on, and by SAM at the large step. All have the same number of steps, first weights
 * and order of samples; SAM takes two gradients a step. A further run at the large step, in another order of samples,
 * is the control. Step sizes are fractions of the instability step at the first seed's first weights, before anything
 * is trained.
 *
 * A cell is one method: of all seeds together where they train as one stack, whose rounding knows their number, else of
 * one seed. A seed of a run whose training loss is not finite, or ends above that of its first weights, counts as
 * diverged. The input is the row of {@link networkInstability}.
 *
 * Source: Nitanda, Kikuchi, Maeda, Wu (arXiv 2302.09376), experiments; data sets, networks, loss and steps are ours.
 *
 * @throws {RangeError} naming the parameter that does not fit the data set or another parameter
 */
export const networkTraining = /* @__PURE__ */ defineExperiment({
  cells: (parameters: NetworkTrainingParameters) => {
    checkParameters(parameters);
    const problem = networkProblem(parameters);
    const {seeds, epochs, recordEpochs, smallFraction, largeFraction, ascentRadius} = parameters;
    const ranges = isStacked(problem) ? [{first: 0, count: seeds}] : Array.from({length: seeds}, (_, first) => ({first, count: 1}));
    return ranges.flatMap((range) =>
      trainings.map((method) => {
        const reads: TrainingCell = {...problem, epochs, recordEpochs, seeds: range, method, fraction: method === "small step" ? smallFraction : largeFraction, ascentRadius: method === "SAM" ? ascentRadius : null};
        return {name: isStacked(problem) ? method : `${method}, seed ${range.first}`, reads, imageSets: imageSetsOf(problem)};
      })
    );
  },

  run(cell: TrainingCell, context, [[instability]]: readonly [readonly Pick<NetworkInstability, "stepSize">[]]): readonly NetworkTrainingRow[] {
    const prepared = prepareProblem(cell, cell.seeds, context);
    try {
      return trainCohort(prepared, cell, cell.fraction * instability!.stepSize, context);
    } finally {
      prepared.cohort.dispose();
    }
  }
});
