import type {LaneItem, LaneOperation, Scalar} from "../lane-program.ts";
import {nestedBlocks, type LaneBlock} from "./nested-blocks.ts";

/** What can change while a kernel runs. */
export interface Places {
  readonly variables: ReadonlySet<number>;
  readonly counters: ReadonlySet<number>;
  readonly memory: boolean;
}

/** No place; the one value for it. */
export const nowhere: Places = {variables: new Set(), counters: new Set(), memory: false};

function union(...all: readonly Places[]): Places {
  const some = all.filter((places) => places !== nowhere);
  if (some.length < 2) return some[0] ?? nowhere;
  return {
    variables: new Set(some.flatMap(({variables}) => [...variables])),
    counters: new Set(some.flatMap(({counters}) => [...counters])),
    memory: some.some(({memory}) => memory)
  };
}

function intersect(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const number of a) if (b.has(number)) return true;
  return false;
}

/** Whether two sets of places share one. */
export function overlap(a: Places, b: Places): boolean {
  if (a === nowhere || b === nowhere) return false;
  return (a.memory && b.memory) || intersect(a.counters, b.counters) || intersect(a.variables, b.variables);
}

/** The places that the value of a scalar depends on. */
export function scalarReads(scalar: Scalar): Places {
  switch (scalar.op) {
    case "constant":
    case "arguments":
      return nowhere;
    case "counter":
      return {...nowhere, counters: new Set([scalar.counter.number])};
    case "load32":
      return {...scalarReads(scalar.address), memory: true};
    default:
      return union(scalarReads(scalar.a), scalarReads(scalar.b));
  }
}

/** The places that an operation reads itself, its operands aside. */
export function operationReads(operation: LaneOperation): Places {
  switch (operation.op) {
    case "splat":
      return scalarReads(operation.scalar);
    case "read":
      return {...nowhere, variables: new Set([operation.variable.number])};
    case "load":
    case "loadSplat":
    case "gather":
      return {...scalarReads(operation.address), memory: true};
    default:
      return nowhere;
  }
}

const blockWrites = new WeakMap<LaneBlock, Places>();

function writesOf(block: LaneBlock): Places {
  const known = blockWrites.get(block) ?? union(...block.filter(({kind}) => kind !== "node").map(itemWrites));
  blockWrites.set(block, known);
  return known;
}

/** The places that an item may write, with what is nested in it. */
export function itemWrites(item: LaneItem): Places {
  switch (item.kind) {
    case "node":
      return nowhere;
    case "set":
      return {...nowhere, variables: new Set(item.assignments.map(({variable}) => variable.number))};
    case "setCounter":
      return {...nowhere, counters: new Set([item.counter.number])};
    case "store":
    case "store32":
    case "copyReal":
      return {...nowhere, memory: true};
    case "for":
      return union({...nowhere, counters: new Set([item.counter.number])}, writesOf(item.body));
    default:
      return union(...nestedBlocks(item).map(writesOf));
  }
}
