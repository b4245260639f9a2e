import type {Lane} from "../lane-builder.ts";
import {uniform, uniformIndex} from "../functions/index.ts";
import type {Scalar} from "../lane-program.ts";
import {bodyRegion, draws, inputsOf, isLooped, singleNormals} from "../region.ts";
import type {Region} from "../region.ts";
import {loopLength, schedule} from "../schedule.ts";
import {sum} from "../scalar.ts";
import type {ScalarLike} from "../scalar.ts";
import {sizeOf} from "../value.ts";
import type {Value} from "../value.ts";
import {elementwise} from "./arithmetic.ts";
import type {Environment} from "./environment.ts";
import {lowerMatVec} from "./lower-mat-vec.ts";
import {coordinate, forCoordinates, laneAddress, registers} from "./stored.ts";
import type {Stored} from "./stored.ts";

/** Where a looped value goes: into memory, or added to what is there. */
export interface Destination {
  readonly address: Scalar;
  readonly accumulate: boolean;
}

export interface LoweredRegion {
  /** Where each value is that `kept` asked for. */
  readonly stored: (value: Value) => Stored;
}

interface RegionOptions {
  /** Values that are needed after the region. */
  readonly roots: ReadonlySet<Value>;
  /** Values computed before, of regions around this one. */
  readonly outer: (value: Value) => Stored | undefined;
  readonly destinations?: ReadonlyMap<Value, Destination>;
}

const coordinatesAtOnce = 4;

/** Writes the code of a region at the builder's place. */
export function lowerRegion(environment: Environment, region: Region, {roots, outer, destinations = new Map()}: RegionOptions): LoweredRegion {
  const {builder, generator} = environment;
  const results = new Map<Value, Stored>();
  const own = {...region, values: region.values.filter((value) => outer(value) === undefined)};
  const placements = schedule(own);
  const singles = singleNormals(region);
  const compute = elementwise(builder);
  const minusZero = () => builder.real(-0);
  let keptSingle: Lane | undefined;

  const stored = (value: Value): Stored => {
    const known = results.get(value) ?? outer(value);
    if (known !== undefined) return known;
    const leaf = lowerLeaf(value);
    results.set(value, leaf);
    return leaf;
  };
  const scalarNode = (value: Value): Lane => coordinate(builder, stored(value), 0);

  function lowerLeaf(value: Value): Stored {
    const {operation} = value;
    switch (operation.op) {
      case "constant":
        return registers(builder.real(operation.value));
      case "step":
        return registers(environment.step());
      case "state":
        return environment.state(operation.name);
      case "parameter": {
        if (isLooped(value)) return environment.spread.get(operation.name)!;
        const {address} = environment.parameter(operation.name);
        return registers(...Array.from({length: sizeOf(value.shape)}, (_, i) => builder.loadConstant("real", sum(address, i * builder.elementBytes))));
      }
      default:
        throw new Error(`lowerRegion: ${operation.op} was used before it was computed`);
    }
  }

  function singleNormal(value: Value): Lane {
    const source = singles.get(value)!;
    if (source === "kept") return keptSingle!;
    if (source === "fresh") {
      const [first, second] = generator.pair();
      keptSingle = second;
      return first;
    }
    const {normal, isOdd} = environment.kept!;
    const result = builder.variable("real");
    generator.save();
    builder.if(
      isOdd,
      () => builder.set([result, builder.read(normal)]),
      () => {
        const [first, second] = generator.pair();
        builder.set([result, first], [normal, second]);
        generator.save();
      }
    );
    return builder.read(result);
  }

  function drawCoordinates(value: Value, count: number): readonly Lane[] {
    if (value.operation.op === "uniform") return Array.from({length: count}, () => uniform(builder, generator.word()));
    const nodes = Array.from({length: count >> 1}, () => generator.pair()).flat();
    return count % 2 === 1 ? [...nodes, singleNormal(value)] : nodes;
  }

  function rowCoordinate(value: Value, index: ScalarLike, offset: number): Lane {
    const {table, from} = value.operation as {readonly table: string; readonly from: number};
    const [, offsets] = (stored(value.operands[0]!) as Extract<Stored, {kind: "registers"}>).nodes;
    const displacement = laneAddressOfElement(index, from + offset);
    return builder.gather(sum(environment.table(table).address, displacement), offsets!);
  }

  const laneAddressOfElement = (index: ScalarLike, offset: number): Scalar => {
    const address = laneAddress({...builder, laneBytes: builder.elementBytes}, 0, index);
    return sum(address, offset * builder.elementBytes);
  };

  function apply(value: Value, index: ScalarLike, offset: number, operand: (input: Value) => Lane): Lane {
    if (value.operation.op === "row") return rowCoordinate(value, index, offset);
    const operands = value.operands.map(operand);
    return (compute[value.operation.op] as (...nodes: readonly Lane[]) => Lane)(...operands);
  }

  /** Makes what nested code reads from around it available here, outside of the nested code. */
  const makeAvailable = (inputs: readonly Value[]) => inputs.filter((input) => !placements.has(input)).forEach(stored);

  function lowerRepeat(value: Value, count: number): Stored {
    makeAvailable(inputsOf(value));
    const body = bodyRegion(value);
    const [result] = value.operands as readonly [Value];
    const length = sizeOf(value.shape);
    const inner = (destination?: Destination) =>
      lowerRegion(environment, body, {roots: new Set([result]), outer: (input) => (body.values.includes(input) ? undefined : stored(input)), ...(destination === undefined ? {} : {destinations: new Map([[result, destination]])})});
    const memory = isLooped(value) ? environment.scratch(length) : undefined;
    const fused = memory !== undefined && body.values.includes(result) && loopLength(result) !== undefined;
    const accumulators = memory === undefined ? Array.from({length}, () => builder.variable("real")) : [];
    if (memory === undefined) builder.set(...accumulators.map((variable) => [variable, minusZero()] as const));
    else forCoordinates(builder, length, coordinatesAtOnce, (index, n) => {
      for (let i = 0; i < n; i++) builder.store(laneAddress(builder, memory, sum(index, i)), minusZero());
    });
    const once = () => {
      const lowered = inner(fused ? {address: memory, accumulate: true} : undefined);
      if (memory === undefined) builder.set(...accumulators.map((variable, i) => [variable, builder.add(builder.read(variable), coordinate(builder, lowered.stored(result), i))] as const));
      else if (!fused)
        forCoordinates(builder, length, coordinatesAtOnce, (index, n) => {
          for (let i = 0; i < n; i++) {
            const address = laneAddress(builder, memory, sum(index, i));
            builder.store(address, builder.add(builder.load("real", address), coordinate(builder, lowered.stored(result), index, i)));
          }
        });
      generator.save();
    };
    generator.save();
    builder.for(builder.counter(), {op: "constant", value: 0}, {op: "constant", value: count}, 1, once);
    return memory === undefined ? registers(...accumulators.map((variable) => builder.read(variable))) : {kind: "memory", address: memory, type: "real"};
  }

  function lowerOutsideLoops(value: Value): Stored {
    const {operation, operands} = value;
    const length = sizeOf(value.shape);
    switch (operation.op) {
      case "normal":
      case "uniform":
        return registers(...drawCoordinates(value, length));
      case "drawRow": {
        const {rows, rowBytes, passes} = environment.table(operation.table);
        const row = operation.replacement ? uniformIndex(builder, generator.word(), rows) : passes!.nextRow(generator.word());
        return registers(row, builder.multiplyWords(row, rowBytes));
      }
      case "sum":
        return registers((stored(operands[0]!) as Extract<Stored, {kind: "registers"}>).nodes.reduce((total, node) => builder.add(total, node)));
      case "element":
        return registers(coordinate(builder, stored(operands[0]!), operation.index));
      case "stack": {
        const nodes = operands.map(scalarNode);
        if (!isLooped(value)) return registers(...nodes);
        const address = environment.scratch(length);
        nodes.forEach((node, i) => builder.store(laneAddress(builder, address, i), node));
        return {kind: "memory", address, type: "real"};
      }
      case "matVec":
        return lowerMatVec(environment, environment.parameter(operation.matrix), stored(operands[0]!), isLooped(value) ? environment.scratch(length) : undefined);
      case "repeatSum": {
        const [result] = operands as readonly [Value];
        const body = bodyRegion(value);
        if (operation.count > 1) return lowerRepeat(value, operation.count);
        if (!body.values.includes(result)) return stored(result);
        return lowerRegion(environment, body, {roots: new Set([result]), outer: (input) => (body.values.includes(input) ? undefined : stored(input))}).stored(result);
      }
      default:
        return registers(...Array.from({length}, (_, i) => apply(value, i, 0, (input) => coordinate(builder, stored(input), i))));
    }
  }

  const isNeededAfterItsLoop = (value: Value): boolean => {
    if (roots.has(value)) return true;
    const placement = placements.get(value)!;
    return own.values.some((user) => {
      if (!inputsOf(user).includes(value)) return false;
      const other = placements.get(user)!;
      return !(other.inLoop && other.level === placement.level && loopLength(user) === loopLength(value));
    });
  };

  function lowerLoop(length: number, values: readonly Value[]): void {
    const sums = new Map(values.filter(({operation}) => operation.op === "sum").map((value) => [value, builder.variable("real")]));
    const computed = values.filter((value) => !sums.has(value));
    const escaping = new Map(
      computed.filter(isNeededAfterItsLoop).map((value) => {
        const destination = destinations.get(value) ?? {address: environment.scratch(length), accumulate: false};
        return [value, destination] as const;
      })
    );
    const drawing = computed.some(draws);
    if (sums.size > 0) builder.set(...[...sums.values()].map((variable) => [variable, minusZero()] as const));
    if (drawing) generator.save();
    values.forEach((value) => makeAvailable(inputsOf(value)));
    forCoordinates(builder, length, coordinatesAtOnce, (index, count) => {
      const nested = typeof index !== "number";
      const totals = new Map([...sums].map(([value, variable]) => [value, builder.read(variable)]));
      for (let offset = 0; offset < count; offset += 2) lowerCoordinates(values, index, offset, Math.min(2, count - offset), totals, escaping);
      if (sums.size > 0) builder.set(...[...sums].map(([value, variable]) => [variable, totals.get(value)!] as const));
      if (drawing && nested) generator.save();
    });
    for (const [value, variable] of sums) results.set(value, registers(builder.read(variable)));
    for (const [value, {address}] of escaping) results.set(value, {kind: "memory", address, type: value.kind === "mask" ? "mask" : "real"});
  }

  function lowerCoordinates(values: readonly Value[], index: ScalarLike, offset: number, count: number, totals: Map<Value, Lane>, escaping: ReadonlyMap<Value, Destination>): void {
    const nodes = new Map<Value, readonly Lane[]>();
    const operand = (input: Value, i: number): Lane => {
      const inLoop = nodes.get(input);
      if (inLoop !== undefined) return inLoop[i]!;
      const outside = stored(input);
      if (outside.kind === "registers") return outside.nodes[0]!;
      const loaded = Array.from({length: count}, (_, k) => coordinate(builder, outside, index, offset + k));
      nodes.set(input, loaded);
      return loaded[i]!;
    };
    for (const value of values) {
      if (value.operation.op === "sum") {
        for (let i = 0; i < count; i++) totals.set(value, builder.add(totals.get(value)!, operand(value.operands[0]!, i)));
        continue;
      }
      const computed = value.operation.op === "normal" || value.operation.op === "uniform" ? drawCoordinates(value, count) : Array.from({length: count}, (_, i) => apply(value, index, offset + i, (input) => operand(input, i)));
      nodes.set(value, computed);
      const destination = escaping.get(value);
      if (destination === undefined) continue;
      computed.forEach((node, i) => {
        const address = laneAddress(builder, destination.address, sum(index, offset + i));
        builder.store(address, destination.accumulate ? builder.add(builder.load("real", address), node) : node);
      });
    }
  }

  const placed = own.values.filter((value) => placements.has(value));
  const levels = Math.max(-1, ...placed.map((value) => placements.get(value)!.level));
  for (let level = 0; level <= levels; level++) {
    const here = placed.filter((value) => placements.get(value)!.level === level);
    for (const value of here) if (!placements.get(value)!.inLoop) results.set(value, lowerOutsideLoops(value));
    const looped = here.filter((value) => placements.get(value)!.inLoop);
    for (const length of new Set(looped.map((value) => loopLength(value)!))) lowerLoop(length, looped.filter((value) => loopLength(value) === length));
  }
  return {stored};
}
