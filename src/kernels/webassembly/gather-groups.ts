import type {LaneNode, LaneOperation, LaneProgram} from "../lane-program.ts";
import {itemWrites, nowhere, operationReads, overlap} from "./effects.ts";
import {nestedBlocks, type LaneBlock} from "./nested-blocks.ts";
import {sourceOf, type Placement} from "./placement.ts";
import type {ScalarCode} from "./scalar-code.ts";

export type Gather = LaneNode & {readonly operation: Extract<LaneOperation, {readonly op: "gather"}>};

/** Gathers of two neighbouring elements of the same rows, by increasing address. */
export type GatherGroup = readonly [Gather, Gather];

const isGather = (node: LaneNode): node is Gather => node.operation.op === "gather";

/** Groups of candidates from the lowest address on. */
function groupsOf(candidates: readonly {readonly gather: Gather; readonly offset: number}[], elementBytes: number): readonly GatherGroup[] {
  const ordered = candidates.toSorted((a, b) => a.offset - b.offset);
  const groups: GatherGroup[] = [];
  for (let index = 0; index + 1 < ordered.length; index++) {
    const [first, second] = [ordered[index], ordered[index + 1]];
    if (second.offset - first.offset !== elementBytes) continue;
    groups.push([first.gather, second.gather]);
    index++;
  }
  return groups;
}

/**
 * The groups of a program's gathers, under each of their members. Members
 * stand in one block, with no write to what they read between them.
 */
export function gatherGroups(program: LaneProgram, placement: Placement, scalars: ScalarCode): ReadonlyMap<LaneNode, GatherGroup> {
  const found = new Map<LaneNode, GatherGroup>();
  const walk = (block: LaneBlock): void => {
    const open = new Map<string, {readonly gather: Gather; readonly offset: number}[]>();
    const close = (key: string) => {
      for (const group of groupsOf(open.get(key)!, program.bits / 8)) group.forEach((member) => found.set(member, group));
      open.delete(key);
    };
    for (const item of block) {
      nestedBlocks(item).forEach(walk);
      const written = itemWrites(item);
      if (written !== nowhere) for (const [key, [{gather}]] of [...open]) if (overlap(operationReads(gather.operation), written)) close(key);
      if (item.kind !== "node" || !isGather(item.node) || placement.uses(item.node) === 0) continue;
      const {base, offset} = scalars.split(item.node.operation.address);
      const key = `${sourceOf(item.node.operation.offsets).number} ${JSON.stringify(base)}`;
      const candidate = {gather: item.node, offset};
      const known = open.get(key);
      if (known === undefined) open.set(key, [candidate]);
      else if (!known.some((other) => other.offset === offset)) known.push(candidate);
    }
    [...open.keys()].forEach(close);
  };
  walk(program.prelude);
  walk(program.body);
  return found;
}
