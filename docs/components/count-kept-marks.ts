import {keptMarks} from "./overlay-kept-runs.js";

/** How many marks of a kept run a drawn figure has within its axes, and how many points outside of them, where they are cut off. */
export type MarkCounts = {readonly inside: number; readonly outside: number};

type SceneItem = {readonly x?: number; readonly y?: number; readonly width?: number; readonly height?: number; readonly items?: readonly SceneMark[]};
export type SceneMark = {readonly name?: string; readonly marktype?: string; readonly items?: readonly SceneItem[]};

/** Counts the marks of the run at a place among those compared in Vega's scene graph, from its root mark; a curve counts by its points. */
export function countKeptMarks(root: SceneMark, place: number): MarkCounts {
  const name = keptMarks(place);
  let [inside, outside] = [0, 0];
  const visit = (mark: SceneMark, width: number, height: number): void => {
    for (const item of mark.items ?? []) {
      if (mark.marktype === "group") {
        const isView = (item.width ?? 0) > 0 && (item.height ?? 0) > 0;
        for (const part of item.items ?? []) visit(part, isView ? item.width! : width, isView ? item.height! : height);
      } else if (mark.name?.startsWith(name)) {
        const {x = 0, y = 0} = item;
        if (x >= -0.5 && x <= width + 0.5 && y >= -0.5 && y <= height + 0.5) inside++;
        else if (mark.marktype === "symbol") outside++;
      }
    }
  };
  visit(root, 0, 0);
  return {inside, outside};
}
