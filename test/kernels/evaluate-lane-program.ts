import type {LaneArithmetic} from "../../src/kernels/lane-arithmetic.ts";
import {operandsOf} from "../../src/kernels/lane-builder.ts";
import type {Counter, LaneItem, LaneNode, LaneProgram, Scalar, Variable} from "../../src/kernels/lane-program.ts";
import {float32Lanes, float64Lanes} from "../../src/kernels/number-lanes.ts";

type Word = number | bigint;
type Value = number | bigint | boolean;
/** One entry a lane. */
type Values = readonly Value[];
type Lanes = LaneArithmetic<number, Word, boolean>;

const zero = (lanes: Lanes, {type}: Variable): Value => (type === "real" ? 0 : type === "word" ? lanes.word(0n) : false);

/**
 * Runs a lane program item by item in the arithmetic of numbers, on the given
 * memory: the meaning of a LaneProgram, for tests of the compiled back ends.
 * Every node is computed where it stands, also the ones that nothing uses.
 * Counters and variables that were never set are zero.
 */
export function evaluateLaneProgram(program: LaneProgram, memory: DataView, argumentsAddress: number): void {
  const lanes = (program.bits === 32 ? float32Lanes : float64Lanes) as Lanes;
  const elementBytes = program.bits / 8;
  const nodes = new Map<LaneNode, Values>();
  const variables = new Map<number, Values>(program.variables.map((variable) => [variable.number, new Array(program.lanes).fill(zero(lanes, variable))]));
  const counters = new Map<number, number>(program.counters.map(({number}) => [number, 0]));
  const everyLane = (value: (lane: number) => Value): Values => Array.from({length: program.lanes}, (_, lane) => value(lane));

  const counterOf = (counter: Counter) => counters.get(counter.number)!;
  const setCounter = (counter: Counter, value: number) => void counters.set(counter.number, value | 0);
  const scalarOf = (scalar: Scalar): number => {
    switch (scalar.op) {
      case "constant":
        return scalar.value | 0;
      case "arguments":
        return argumentsAddress;
      case "counter":
        return counterOf(scalar.counter);
      case "load32":
        return memory.getInt32(scalarOf(scalar.address), true);
      case "add":
        return (scalarOf(scalar.a) + scalarOf(scalar.b)) | 0;
      case "subtract":
        return (scalarOf(scalar.a) - scalarOf(scalar.b)) | 0;
      case "multiply":
        return Math.imul(scalarOf(scalar.a), scalarOf(scalar.b));
      case "and":
        return scalarOf(scalar.a) & scalarOf(scalar.b);
      case "less":
        return scalarOf(scalar.a) < scalarOf(scalar.b) ? 1 : 0;
      case "equal":
        return scalarOf(scalar.a) === scalarOf(scalar.b) ? 1 : 0;
    }
  };

  const readElement = (type: "real" | "word", address: number): Value => {
    if (type === "real") return program.bits === 32 ? memory.getFloat32(address, true) : memory.getFloat64(address, true);
    return program.bits === 32 ? memory.getUint32(address, true) : memory.getBigUint64(address, true);
  };
  const writeElement = (type: "real" | "word", address: number, value: Value) => {
    if (type === "real") program.bits === 32 ? memory.setFloat32(address, Number(value), true) : memory.setFloat64(address, Number(value), true);
    else if (program.bits === 32) memory.setUint32(address, Number(value), true);
    else memory.setBigUint64(address, BigInt(value), true);
  };

  const nodeOf = (node: LaneNode): Values => {
    const {operation} = node;
    switch (operation.op) {
      case "real":
        return everyLane(() => lanes.real(operation.value));
      case "word":
        return everyLane(() => lanes.word(operation.value));
      case "laneNumbers":
        return everyLane((lane) => lanes.word(BigInt(lane)));
      case "splat":
        return everyLane(() => lanes.word(BigInt(scalarOf(operation.scalar))));
      case "read":
        return variables.get(operation.variable.number)!;
      case "load":
        return everyLane((lane) => readElement(operation.type, scalarOf(operation.address) + elementBytes * lane));
      case "loadSplat":
        return everyLane(() => readElement(operation.type, scalarOf(operation.address)));
      case "gather":
        return everyLane((lane) => readElement("real", scalarOf(operation.address) + Number(nodes.get(operation.offsets)![lane])));
      case "select": {
        const [mask, a, b] = operandsOf(operation).map((operand) => nodes.get(operand)!);
        return everyLane((lane) => (mask[lane] ? a[lane] : b[lane]));
      }
      case "shiftLeft":
      case "shiftRight":
        return everyLane((lane) => lanes[operation.op](nodes.get(operation.a)![lane] as Word, operation.count));
      default: {
        const operands = operandsOf(operation).map((operand) => nodes.get(operand)!);
        const compute = lanes[operation.op] as (...operands: readonly Value[]) => Value;
        return everyLane((lane) => compute(...operands.map((values) => values[lane])));
      }
    }
  };

  const store = (address: number, node: LaneNode) =>
    nodes.get(node)!.forEach((value, lane) => {
      const {type} = node.operation;
      const to = address + elementBytes * lane;
      if (type === "mask") writeElement("word", to, lanes.word(value === true ? -1n : 0n));
      else writeElement(type, to, value);
    });

  const run = (items: readonly LaneItem[]): void => items.forEach(runItem);
  const runItem = (item: LaneItem): void => {
    switch (item.kind) {
      case "node":
        return void nodes.set(item.node, nodeOf(item.node));
      case "set": {
        const values = item.assignments.map(({value}) => nodes.get(value)!);
        return item.assignments.forEach(({variable}, index) => variables.set(variable.number, values[index]));
      }
      case "setCounter":
        return setCounter(item.counter, scalarOf(item.value));
      case "store":
        return store(scalarOf(item.address), item.value);
      case "store32":
        return memory.setInt32(scalarOf(item.address), scalarOf(item.value), true);
      case "copyReal": {
        const [to, from] = [scalarOf(item.to), scalarOf(item.from)];
        const words = (program.bits === 64 ? [0, 4] : [0]).map((half) => memory.getUint32(from + half, true));
        return words.forEach((word, index) => memory.setUint32(to + 4 * index, word, true));
      }
      case "for":
        setCounter(item.counter, scalarOf(item.from));
        while (counterOf(item.counter) < scalarOf(item.to)) {
          run(item.body);
          setCounter(item.counter, counterOf(item.counter) + item.step);
        }
        return;
      case "while":
        while (scalarOf(item.condition) !== 0) run(item.body);
        return;
      case "if":
        return run(scalarOf(item.condition) !== 0 ? item.then : item.otherwise);
      case "ifAny":
        return nodes.get(item.mask)!.some((holds) => holds === true) ? run(item.body) : undefined;
    }
  };
  run(program.prelude);
  run(program.body);
}
