import type {Graph} from "./dynamics.ts";
import {bodyRegion, regionOf, singleNormals} from "./region.ts";
import type {Region, SingleNormal} from "./region.ts";
import type {Value} from "./value.ts";

/** A region with what evaluating it again and again needs to know. */
export interface RegionPlan {
  /** In the order of tracing. */
  readonly values: readonly Value[];
  readonly singles: ReadonlyMap<Value, SingleNormal>;
  /** What is inside each repeatSum of the region. */
  readonly bodies: ReadonlyMap<Value, RegionPlan>;
}

/** A graph with the plan of its region. */
export interface GraphPlan extends RegionPlan {
  readonly roots: readonly Value[];
}

function planRegion(region: Region): RegionPlan {
  const repeats = region.values.filter(({operation}) => operation.op === "repeatSum");
  return {values: region.values, singles: singleNormals(region), bodies: new Map(repeats.map((repeat) => [repeat, planRegion(bodyRegion(repeat))]))};
}

/** The plan of what a graph's values are computed from. */
export function planGraph(kind: Region["kind"], graph: Graph): GraphPlan {
  const roots = Object.values(graph);
  return {...planRegion(regionOf(kind, roots)), roots};
}
