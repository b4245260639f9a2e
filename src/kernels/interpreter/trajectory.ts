import type {Dynamics} from "../dynamics.ts";
import type {Binding} from "../kernel.ts";
import {elementwise} from "../lowering/arithmetic.ts";
import type {Value} from "../value.ts";
import {evaluateGraph} from "./evaluate-graph.ts";
import {planGraph} from "../region-plan.ts";
import type {GraphPlan} from "../region-plan.ts";
import {createReplica} from "./replica.ts";
import type {NumberLanes} from "./replica.ts";

/** One replica on its way. */
export interface Trajectory {
  /** Makes a step. */
  advance(): void;
  /** The state's variables as they are now, in their order. */
  state(): readonly (readonly number[])[];
  /** A graph's values of the state as it is now. */
  read(graph: GraphPlan): readonly (readonly number[])[];
}

/** Starts replica `number` of an ensemble; `onDraw` is told every draw, of the start too. */
export type StartReplica = (number: number, onDraw?: (value: Value, drawn: readonly number[]) => void) => Trajectory;

/** How the replicas of bound dynamics move in the given lanes. */
export function trajectories<W>(lanes: NumberLanes<W>, dynamics: Dynamics, binding: Binding): StartReplica {
  const start = planGraph("start", dynamics.start);
  const step = planGraph("step", dynamics.step);
  const compute = elementwise(lanes);
  const names = Object.keys(dynamics.state);
  const parameters = new Map(Object.entries(binding.parameters).map(([name, bound]) => [name, Array.from(typeof bound === "number" ? [bound] : bound, (value) => lanes.real(value))]));
  return (number, onDraw) => {
    const replica = createReplica(lanes, binding.key, number);
    let made = 0;
    let state: readonly (readonly number[])[] = [];
    const evaluate = (plan: GraphPlan) => evaluateGraph(plan, {lanes, compute, parameters, tables: binding.tables, replica, step: made, state: (name) => state[names.indexOf(name)]!, onDraw});
    state = evaluate(start);
    return {
      advance() {
        state = evaluate(step);
        made++;
      },
      state: () => state,
      read: evaluate
    };
  };
}
