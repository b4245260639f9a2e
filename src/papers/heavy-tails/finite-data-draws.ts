import type {LabelledImages} from "../../data-sets/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {cellName, finiteDataCells} from "./finite-data-cells.ts";
import {chainDeviations} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {finiteDataSets} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";

/** One coordinate at the end of one chain of SGD. */
export interface FiniteDraw {
  readonly dataSet: DataSetName;
  readonly stepRatio: number;
  readonly chain: number;
  /** Whether laws are fitted to the draw, or compared on it. */
  readonly use: "fit" | "held out";
  /** x₁ − E x₁, along the eigenvector of λ₁; null where the chain diverged. */
  readonly position: number | null;
}

/** E2.4: the coordinate along the top eigenvector of independent chains of SGD, one draw a chain, as many held out as fitted. */
export async function finiteDataDraws(parameters: FiniteDataParameters, digits: LabelledImages, {stream, ensembles, progress}: ExperimentContext): Promise<readonly FiniteDraw[]> {
  const cells = finiteDataSets(parameters, digits, {stream}).flatMap((set) => finiteDataCells(set, parameters).filter(({control}) => !control));
  const {draws} = parameters;
  const rows: (readonly FiniteDraw[])[] = [];
  for (const [i, cell] of cells.entries()) {
    const {dataSet, stepRatio} = cell;
    const key = stream(`draws of SGD, ${cellName(cell)}`, 0).ensembleKey();
    const {whole, dimension} = await chainDeviations("SGD", cell, parameters, {ensembles, key, chains: 2 * draws, progress: (done, total) => progress(i + done / total, cells.length)});
    rows.push(
      Array.from({length: 2 * draws}, (_, chain): FiniteDraw => {
        const position = whole[chain * dimension]!;
        return {dataSet, stepRatio, chain, use: chain < draws ? "fit" : "held out", position: Number.isFinite(position) ? position : null};
      })
    );
  }
  return rows.flat();
}
