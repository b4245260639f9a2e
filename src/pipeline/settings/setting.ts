import {pathText} from "../parameter-faults.ts";

/** A value that a run takes instead of the one in a parameter file: plain JSON. */
export interface Setting {
  readonly paper: string;
  /** Where the value stands in the paper's parameters: `["seed"]`, or section, field and what is below it. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

const longestText = 80;

/** A setting as a person writes it, `--set paper.section.field=value`; a long value is cut. */
export function settingText({paper, path, value}: Setting): string {
  const json = JSON.stringify(value) ?? String(value);
  const shown = typeof value === "number" ? String(value) : json.length > longestText ? `${json.slice(0, longestText - 1)}…` : json;
  return `--set ${pathText([paper, ...path])}=${shown}`;
}
