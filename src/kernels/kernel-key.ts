import {reachable} from "./dynamics.ts";
import type {Graph} from "./dynamics.ts";
import type {Kernel} from "./kernel.ts";

/** A graph as text that does not depend on when it was traced. */
function graphText(graph: Graph): string {
  const values = reachable(Object.values(graph));
  const place = new Map(values.map((value, i) => [value, i]));
  const rows = values.map(({kind, shape, operation, operands}) => {
    const own = operation.op === "repeatSum" ? {...operation, first: values.findIndex(({number}) => number >= operation.first)} : operation;
    const constant = operation.op === "constant" ? [Object.is(operation.value, -0) ? "-0" : String(operation.value)] : [];
    return [kind, shape, own, operands.map((operand) => place.get(operand)), ...constant];
  });
  return JSON.stringify([rows, Object.entries(graph).map(([name, value]) => [name, place.get(value)])]);
}

/** Text that is the same for two kernels exactly if they compute the same: what may be kept for one serves the other. */
export function kernelKey(kernel: Kernel): string {
  const {kind, bits, dynamics} = kernel;
  const read = kernel.kind === "simulation" ? [kernel.samples, graphText(kernel.observables)] : [graphText({quantity: kernel.quantity}), graphText(kernel.records)];
  const {parameters, tables, state} = dynamics;
  return JSON.stringify([kind, bits, Object.entries(parameters), Object.entries(tables), Object.entries(state), graphText(dynamics.start), graphText(dynamics.step), ...read]);
}
