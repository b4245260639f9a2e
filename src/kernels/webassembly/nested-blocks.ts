import type {LaneItem} from "../lane-program.ts";

export type LaneBlock = readonly LaneItem[];

const none: readonly LaneBlock[] = [];

/** The blocks directly inside an item, in order. */
export function nestedBlocks(item: LaneItem): readonly LaneBlock[] {
  switch (item.kind) {
    case "for":
    case "while":
    case "ifAny":
      return [item.body];
    case "if":
      return [item.then, item.otherwise];
    default:
      return none;
  }
}
