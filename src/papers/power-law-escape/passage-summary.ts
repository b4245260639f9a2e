import type {LossPassage} from "./first-passage.ts";
import {groupBy} from "./group-by.ts";
import {meanPassageTime} from "./mean-passage-time.ts";
import type {MeanPassageTime} from "./mean-passage-time.ts";
import type {FirstPassageParameters} from "./parameters.ts";
import type {PassageLaw, PassageReferenceRow} from "./passage-references.ts";

/** Mean first-passage times t = η k at one level of the loss with three references. */
export interface PassageSummary extends MeanPassageTime {
  readonly dimension: number;
  readonly lossRatio: number;
  /** The exact mean of SGD's own chain; in one dimension only. */
  readonly exact: number | null;
  readonly gridError: number | null;
  /** The exact mean of the paper's diffusion. */
  readonly decoupledDiffusion: number;
  /** The exact mean of the diffusion with the exact covariance of Gaussian inputs. */
  readonly exactCovarianceDiffusion: number;
}

const levelOf = ({dimension, lossRatio}: Pick<LossPassage, "dimension" | "lossRatio">): string => `${dimension} ${lossRatio}`;

/** E0.3: measured mean passage times, censored replicas by likelihood, beside their references, by dimension and level. */
export function summarizePassages(passages: readonly LossPassage[], references: readonly PassageReferenceRow[], {stepSize}: Pick<FirstPassageParameters, "stepSize">): readonly PassageSummary[] {
  const exact = groupBy(references, levelOf);
  return [...groupBy(passages, levelOf)].map(([level, own]): PassageSummary => {
    const {dimension, lossRatio} = own[0]!;
    const of = (law: PassageLaw) => exact.get(level)!.find((reference) => reference.law === law);
    const sgd = of("exact SGD");
    return {
      dimension,
      lossRatio,
      ...meanPassageTime(own.map(({steps, crossed, divergedAt}) => ({time: steps * stepSize, crossed, divergedAt}))),
      exact: sgd?.time ?? null,
      gridError: sgd?.gridError ?? null,
      decoupledDiffusion: of("paper's diffusion")!.time,
      exactCovarianceDiffusion: of("exact-covariance diffusion")!.time
    };
  });
}
