import type {LaneNode, LaneOperation} from "../lane-program.ts";
import type {CodeWriter} from "./code-writer.ts";
import type {GatherAddresses} from "./gather-addresses.ts";
import {sourceOf} from "./placement.ts";
import type {ScalarCode} from "./scalar-code.ts";

export type Gather = LaneNode & {readonly operation: Extract<LaneOperation, {readonly op: "gather"}>};

/** Pushes, in each of `lanes` lanes, the real at address + offsets[lane]. */
export function gatherCode(lanes: number, code: CodeWriter, scalars: ScalarCode, addresses: GatherAddresses, {operation}: Gather): void {
  const {base, offset} = scalars.split(operation.address);
  const locals = addresses.of(sourceOf(operation.offsets), base);
  locals.toReversed().forEach((local) => code.get(local));
  code.access(lanes === 4 ? "v128.load32_zero" : "v128.load64_zero", offset);
  for (let lane = 1; lane < lanes; lane++) code.access(lanes === 4 ? "v128.load32_lane" : "v128.load64_lane", offset, lane);
}
