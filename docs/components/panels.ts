import type {Layer} from "./layers.js";

/** One of several figures side by side. */
export type Panel = {
  readonly title: string;
  readonly layer: readonly Layer[];
};

const gap = 22;
/** What the labels of a y axis take beside the plot. */
const axisRoom = 46;

/**
 * Figures of one size side by side, each with its title, in as many columns as have room: a specification for `figure`,
 * as `figure((width) => panels(width, […]), …)`. Panels share no scale: what is to be compared needs axes of one domain.
 *
 * @param least the width in CSS pixels below which a panel goes to the next row.
 */
export function panels(width: number, list: readonly Panel[], {height = 240, least = 250}: {readonly height?: number; readonly least?: number} = {}): Readonly<Record<string, unknown>> {
  const columns = Math.max(1, Math.min(list.length, Math.floor((width + gap) / (least + gap))));
  const panelWidth = Math.floor((width - gap * (columns - 1)) / columns) - axisRoom;
  return {
    concat: list.map(({title, layer}) => ({title, width: panelWidth, height, layer})),
    columns,
    spacing: {column: gap, row: 26},
    resolve: {scale: {stroke: "independent", fill: "independent", shape: "independent", strokeDash: "independent"}}
  };
}
