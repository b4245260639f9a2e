import {keptMarks} from "./overlay-kept-runs.js";

/** What a kept run has beyond the axes of a drawn figure, where it is cut off: marks that lie there whole, and curves that reach there. */
export type Beyond = {readonly points: number; readonly intervals: number; readonly bars: number; readonly curves: number};

/** How many marks of a kept run a drawn figure has within its axes, a curve counted by its points, and what lies beyond them. */
export type MarkCounts = {readonly inside: number; readonly beyond: Beyond};

type SceneItem = {readonly x?: number; readonly y?: number; readonly x2?: number; readonly y2?: number; readonly width?: number; readonly height?: number; readonly defined?: boolean; readonly items?: readonly SceneMark[]};
export type SceneMark = {readonly name?: string; readonly marktype?: string; readonly items?: readonly SceneItem[]};

const kinds: Readonly<Record<string, keyof Beyond>> = {symbol: "points", rule: "intervals", rect: "bars", line: "curves", trail: "curves", area: "curves"};

/** How far an outline may reach over the edge, in CSS pixels. */
const edge = 0.5;

/** Whether all of an item lies left, right, above or below a view of that size. */
function isBeyond({x = 0, y = 0, ...item}: SceneItem, isBox: boolean, width: number, height: number): boolean {
  const [right, low] = isBox ? [x + (item.width ?? 0), y + (item.height ?? 0)] : [item.x2 ?? x, item.y2 ?? y];
  return Math.max(x, right) < -edge || Math.min(x, right) > width + edge || Math.max(y, low) < -edge || Math.min(y, low) > height + edge;
}

/** Counts the marks of the run at a place among those compared in Vega's scene graph, from its root mark. */
export function countKeptMarks(root: SceneMark, place: number): MarkCounts {
  const name = keptMarks(place);
  const beyond = {points: 0, intervals: 0, bars: 0, curves: 0};
  let inside = 0;
  const count = (mark: SceneMark, width: number, height: number): void => {
    const items = (mark.items ?? []).filter(({defined}) => defined !== false);
    const kind = kinds[mark.marktype ?? ""];
    const shown = items.filter((item) => !isBeyond(item, kind === "bars", width, height)).length;
    inside += shown;
    if (kind === undefined) return;
    beyond[kind] += kind === "curves" ? Math.min(1, items.length - shown) : items.length - shown;
  };
  const visit = (mark: SceneMark, width: number, height: number): void => {
    if (mark.marktype !== "group") return mark.name?.startsWith(name) ? count(mark, width, height) : undefined;
    for (const item of mark.items ?? []) {
      const isView = (item.width ?? 0) > 0 && (item.height ?? 0) > 0;
      for (const part of item.items ?? []) visit(part, isView ? item.width! : width, isView ? item.height! : height);
    }
  };
  visit(root, 0, 0);
  return {inside, beyond};
}
