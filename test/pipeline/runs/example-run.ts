import {createHash} from "node:crypto";
import type {Row} from "../../../src/pipeline/index.ts";
import type {ReadTable, RunRecord} from "../../../src/pipeline/runs/index.ts";

/** A digest that stands for what `of` says. */
export const hash = (of: string): string => createHash("sha256").update(of).digest("hex");

/** A run's table whose content is named. */
export const table = (content: string) => ({object: hash(`object ${content}`), content: hash(content), csv: hash(`csv ${content}`)});

/** A small record of a run, with `changes`. */
export function exampleRun(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    name: null,
    preset: "quick",
    parameters: {"heavy-tails": {seed: 7, sections: {tailTrends: {stepSizes: [0.4, 0.5], chains: 100}}}},
    tables: {},
    entries: [],
    ...changes
  };
}

/** Reads tables by the name of their content. */
export function readerOf(contents: Readonly<Record<string, readonly Row[]>>): ReadTable {
  const rows = new Map(Object.entries(contents).map(([content, rows]) => [hash(content), rows]));
  return ({tables}, name) => {
    const found = tables[name];
    return found === undefined || "error" in found ? undefined : rows.get(found.content);
  };
}
