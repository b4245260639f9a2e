import type {Quantity} from "./axes.js";
import type {Layer} from "./layers.js";
import {roles} from "./roles.js";
import type {RoleName} from "./roles.js";

/** Which rows a figure has: the column that names them, in the order of the data. */
export type RowOptions = {
  readonly x: Quantity;
  /** The column with the name of the row. */
  readonly row: string;
  /** The rows from the top; without it they stand as they first appear, layer after layer. */
  readonly order?: readonly string[];
  readonly role: RoleName;
  readonly from?: string;
  /** CSS pixels below the middle of the row, to keep several marks of one row apart. */
  readonly offset?: number;
};

const rowAxis = {title: null, labelLimit: 200, labelPadding: 8, grid: true};

function place({row, from, order}: Pick<RowOptions, "row" | "from" | "order">): {readonly source: Layer; readonly y: Layer} {
  return {source: from === undefined ? {} : {data: {name: from}}, y: {field: row, type: "nominal", sort: order ?? null, axis: rowAxis}};
}

/** A point with its interval in each row, lying: measured values of many cases below each other. */
export function rowPoints({low, high, ...options}: RowOptions & {readonly low: string; readonly high: string}): Layer {
  const {x, role, offset = 0} = options;
  const {color, shape} = roles[role];
  const {source, y} = place(options);
  return {
    ...source,
    layer: [
      {mark: {type: "rule", strokeWidth: 1.75, stroke: color, yOffset: offset, clip: true}, encoding: {x: {...x, field: low}, x2: {field: high}, y}},
      {mark: {type: "point", shape, fill: color, stroke: "var(--figure-paper)", strokeWidth: 1, opacity: 1, yOffset: offset, tooltip: {content: "data"}}, encoding: {x, y}}
    ]
  };
}

/** A bar from column `low` to column `high` in each row: a predicted range. */
export function rowBands({low, high, ...options}: RowOptions & {readonly low: string; readonly high: string}): Layer {
  const {x, role, offset = 0} = options;
  const {source, y} = place(options);
  return {...source, mark: {type: "rule", stroke: roles[role].color, strokeWidth: 11, opacity: 0.55, yOffset: offset}, encoding: {x: {...x, field: low}, x2: {field: high}, y}};
}

/** An upright tick in each row: an exact value. */
export function rowTicks(options: RowOptions): Layer {
  const {x, role, offset = 0} = options;
  const {source, y} = place(options);
  return {...source, mark: {type: "tick", color: roles[role].color, thickness: 2.5, size: 20, yOffset: offset}, encoding: {x, y}};
}

/** Words in each row at a place along x: what has no value there. */
export function rowWords({label, at, align = "left", ...options}: RowOptions & {readonly label: string; readonly at: number; readonly align?: "left" | "right"}): Layer {
  const {x, role, offset = 0} = options;
  const {source, y} = place(options);
  return {...source, mark: {type: "text", align, baseline: "middle", fill: roles[role].color, fontWeight: 500, yOffset: offset}, encoding: {x: {...x, field: undefined, datum: at}, y, text: {field: label, type: "nominal"}}};
}

/** An upright line across all rows, such as the level of a test. */
export function upright({x, value, role}: {readonly x: Quantity; readonly value: number; readonly role: RoleName}): Layer {
  const {color, strokeWidth, strokeDash} = roles[role];
  return {data: {values: [{x: value}]}, mark: {type: "rule", stroke: color, strokeWidth, strokeDash}, encoding: {x: {...x, field: "x"}}};
}
