import {operandsOf} from "./lane-builder.ts";
import type {LaneItem, LaneNode, LaneProgram} from "./lane-program.ts";

/** The numbers of the nodes of a program that something it does depends on; the others need not be computed. */
export function neededNodes(program: LaneProgram): ReadonlySet<number> {
  const needed = new Set<number>();
  const need = (...nodes: readonly LaneNode[]) => nodes.forEach(({number}) => needed.add(number));
  // A node is used only after it stands, so one pass backwards sees every use first.
  const visit = (items: readonly LaneItem[]): void => {
    for (const item of items.toReversed()) {
      switch (item.kind) {
        case "node":
          if (needed.has(item.node.number)) need(...operandsOf(item.node.operation));
          break;
        case "set":
          need(...item.assignments.map(({value}) => value));
          break;
        case "store":
          need(item.value);
          break;
        case "for":
        case "while":
          visit(item.body);
          break;
        case "if":
          visit(item.otherwise);
          visit(item.then);
          break;
        case "ifAny":
          need(item.mask);
          visit(item.body);
          break;
      }
    }
  };
  visit(program.body);
  visit(program.prelude);
  return needed;
}
