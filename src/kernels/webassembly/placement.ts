import {operandsOf} from "../lane-builder.ts";
import type {LaneItem, LaneNode, LaneProgram} from "../lane-program.ts";
import {itemWrites, nowhere, operationReads, overlap} from "./effects.ts";
import {nestedBlocks, type LaneBlock} from "./nested-blocks.ts";

/** Where the value of a node is taken: by the item at a position of a block, and there by a node or by the item itself. */
interface Use {
  readonly block: LaneBlock;
  readonly position: number;
  readonly user: LaneNode | undefined;
}

/** How the values of a program's nodes reach their uses. */
export interface Placement {
  /** How often the value of a node is taken; 0 for a node that nothing needs, and for another name of a value. */
  uses(node: LaneNode): number;
  /** Whether a node is computed on the stack at its one use, rather than in its place and kept in a local. */
  inlined(node: LaneNode): boolean;
}

/** Inlined operations inside each other, at most: bounds the recursion of the writer. */
const deepest = 100;

/** The node that computes a value: a bit pattern and its number are one vector. */
export function sourceOf(node: LaneNode): LaneNode {
  const {operation} = node;
  return operation.op === "bitsOf" || operation.op === "realOf" ? sourceOf(operation.a) : node;
}

/** The nodes whose values an item takes itself. */
function valuesOf(item: LaneItem): readonly LaneNode[] {
  switch (item.kind) {
    case "set":
      return item.assignments.map(({value}) => value);
    case "store":
      return [item.value];
    case "ifAny":
      return [item.mask];
    default:
      return [];
  }
}

function usesOf(program: LaneProgram): ReadonlyMap<LaneNode, readonly Use[]> {
  const uses = new Map<LaneNode, Use[]>();
  const use = (node: LaneNode, added: Use) => {
    const source = sourceOf(node);
    const known = uses.get(source);
    if (known === undefined) uses.set(source, [added]);
    else known.push(added);
  };
  const walk = (block: LaneBlock): void => {
    for (let position = block.length - 1; position >= 0; position--) {
      const item = block[position];
      nestedBlocks(item).toReversed().forEach(walk);
      valuesOf(item).forEach((value) => use(value, {block, position, user: undefined}));
      if (item.kind !== "node" || !uses.has(item.node)) continue;
      const taken = {block, position, user: item.node};
      const {operation} = item.node;
      const twice = operation.op === "multiplyHigh" || operation.op === "gather";
      for (const operand of operandsOf(operation)) {
        use(operand, taken);
        if (twice) use(operand, taken);
      }
    }
  };
  walk(program.body);
  walk(program.prelude);
  return uses;
}

/**
 * Decides which nodes are inlined: the ones with one use, in their own block,
 * if nothing between their place and the place where they end up writes what
 * they read.
 */
export function placement(program: LaneProgram): Placement {
  const uses = usesOf(program);
  const rooted = new Map<LaneNode, {readonly root: number; readonly depth: number}>();

  const walk = (block: LaneBlock): void => {
    const writes = block.map((item, position) => ({position, places: itemWrites(item)})).filter(({places}) => places !== nowhere);
    for (let position = block.length - 1; position >= 0; position--) {
      const item = block[position];
      nestedBlocks(item).forEach(walk);
      if (item.kind !== "node") continue;
      const all = uses.get(item.node);
      if (all?.length !== 1 || all[0].block !== block) continue;
      const [use] = all;
      const outer = use.user === undefined ? undefined : rooted.get(use.user);
      const root = outer?.root ?? use.position;
      const depth = (outer?.depth ?? 0) + 1;
      const reads = operationReads(item.node.operation);
      const hazard = reads !== nowhere && writes.some((write) => position < write.position && write.position < root && overlap(write.places, reads));
      if (!hazard && depth <= deepest) rooted.set(item.node, {root, depth});
    }
  };
  walk(program.prelude);
  walk(program.body);
  return {
    uses: (node) => uses.get(node)?.length ?? 0,
    inlined: (node) => rooted.has(node)
  };
}
