import {normalPair, uniform, uniformIndex} from "../functions/index.ts";
import type {Binding} from "../kernel.ts";
import type {elementwise} from "../lowering/arithmetic.ts";
import {sizeOf} from "../value.ts";
import type {Value} from "../value.ts";
import type {GraphPlan, RegionPlan} from "../region-plan.ts";
import type {NumberLanes, Replica} from "./replica.ts";

/** The coordinates of a real, a mask or, alone, a row number. */
export type Coordinates = readonly number[] | readonly boolean[];

/** What a graph is evaluated in. */
export interface Environment<W> {
  readonly lanes: NumberLanes<W>;
  readonly compute: ReturnType<typeof elementwise<number, W, boolean>>;
  readonly parameters: ReadonlyMap<string, readonly number[]>;
  readonly tables: Binding["tables"];
  readonly replica: Replica<W>;
  readonly state: (name: string) => readonly number[];
  /** The number of steps before this one, or in observables the number of steps made. */
  readonly step: number;
  /** Is told every draw, in order. */
  readonly onDraw?: ((value: Value, drawn: readonly number[]) => void) | undefined;
}

const sumOf = <W>(lanes: NumberLanes<W>, numbers: readonly number[]) => numbers.reduce((total, number) => lanes.add(total, number), lanes.real(-0));

/** The sum of every coordinate: of each variable from −0 on, then of the variables from −0 on. */
export const totalOf = <W>(lanes: NumberLanes<W>, variables: readonly (readonly number[])[]): number => sumOf(lanes, variables.map((coordinates) => sumOf(lanes, coordinates)));

function normals<W>({lanes, replica, step}: Environment<W>, source: "fresh" | "kept" | "alternating" | undefined, slot: {kept: number}, length: number): readonly number[] {
  const pair = () => {
    const first = replica.word();
    return normalPair(lanes, first, replica.word());
  };
  const drawn = Array.from({length: length >> 1}, pair).flat();
  if (source === undefined) return drawn;
  const place = source === "alternating" ? replica : slot;
  if (source === "kept" || (source === "alternating" && step % 2 === 1)) return [...drawn, place.kept];
  const [first, second] = pair();
  place.kept = second;
  return [...drawn, first];
}

function evaluateRegion<W>(plan: RegionPlan, environment: Environment<W>, outer: (value: Value) => Coordinates | undefined): (value: Value) => Coordinates {
  const {lanes, compute, tables, replica} = environment;
  const results = new Map<Value, Coordinates>();
  const slot = {kept: 0};
  const at = (value: Value): Coordinates => {
    const coordinates = results.get(value) ?? outer(value);
    if (coordinates === undefined) throw new Error(`evaluateRegion: ${value.operation.op} was used before it was computed`);
    return coordinates;
  };
  const reals = (value: Value) => at(value) as readonly number[];

  function drawn(value: Value, numbers: readonly number[]): readonly number[] {
    environment.onDraw?.(value, numbers);
    return numbers;
  }

  function repeat(value: Value, count: number): readonly number[] {
    const body = plan.bodies.get(value)!;
    let total = Array.from({length: sizeOf(value.shape)}, () => lanes.real(-0));
    for (let i = 0; i < count; i++) {
      const summand = evaluateRegion(body, environment, at)(value.operands[0]!) as readonly number[];
      total = total.map((sum, k) => lanes.add(sum, summand[k]!));
    }
    return total;
  }

  function evaluate(value: Value): Coordinates {
    const {operation, operands} = value;
    const length = sizeOf(value.shape);
    switch (operation.op) {
      case "constant":
        return [lanes.real(operation.value)];
      case "step":
        return [lanes.real(environment.step)];
      case "state":
        return environment.state(operation.name);
      case "parameter":
        return environment.parameters.get(operation.name)!;
      case "normal":
        return drawn(value, normals(environment, plan.singles.get(value), slot, length));
      case "uniform":
        return drawn(value, Array.from({length}, () => uniform(lanes, replica.word())));
      case "drawRow": {
        const {rows} = tables[operation.table]!;
        return drawn(value, [operation.replacement ? Number(uniformIndex(lanes, replica.word(), lanes.word(BigInt(rows)))) : replica.nextRow(operation.table, rows)]);
      }
      case "row": {
        const {columns, values} = tables[operation.table]!;
        const first = reals(operands[0]!)[0]! * columns + operation.from;
        return Array.from({length}, (_, i) => lanes.real(values[first + i]!));
      }
      case "sum":
        return [sumOf(lanes, reals(operands[0]!))];
      case "element":
        return [reals(operands[0]!)[operation.index]!];
      case "stack":
        return operands.map((operand) => reals(operand)[0]!);
      case "matVec": {
        const matrix = environment.parameters.get(operation.matrix)!;
        const x = reals(operands[0]!);
        return Array.from({length}, (_, row) => sumOf(lanes, x.map((coordinate, column) => lanes.multiply(matrix[row * x.length + column]!, coordinate))));
      }
      case "repeatSum":
        return repeat(value, operation.count);
      default: {
        const apply = compute[operation.op] as (...coordinates: readonly (number | boolean)[]) => number | boolean;
        const inputs = operands.map(at);
        return Array.from({length}, (_, i) => apply(...inputs.map((input) => (input.length === 1 ? input[0]! : input[i]!)))) as Coordinates;
      }
    }
  }

  for (const value of plan.values) results.set(value, evaluate(value));
  return at;
}

/** The coordinates of a graph's values, in its order. Every value is computed once, in the order of tracing. */
export function evaluateGraph<W>(plan: GraphPlan, environment: Environment<W>): readonly (readonly number[])[] {
  const at = evaluateRegion(plan, environment, () => undefined);
  return plan.roots.map((root) => at(root) as readonly number[]);
}
