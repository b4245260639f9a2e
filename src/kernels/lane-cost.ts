import type {LaneItem, LaneProgram} from "./lane-program.ts";

function costOf(items: readonly LaneItem[]): number {
  return items.reduce((total, item) => {
    switch (item.kind) {
      case "node":
        return total + 1;
      case "for": {
        const trips = item.from.op === "constant" && item.to.op === "constant" ? (item.to.value - item.from.value) / item.step : 1;
        return total + trips * costOf(item.body);
      }
      case "while":
      case "ifAny":
        return total + costOf(item.body);
      case "if":
        return total + costOf(item.then) + costOf(item.otherwise);
      default:
        return total;
    }
  }, 0);
}

/** Lane operations of one pass through a program, loops of a fixed length counted in full: about those of one step of a group of lanes. */
export const operationsOfStep = ({body}: LaneProgram): number => costOf(body);
