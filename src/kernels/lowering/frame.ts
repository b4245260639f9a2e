import {reachable} from "../dynamics.ts";
import type {Dynamics} from "../dynamics.ts";
import {argumentNames, namedArgument, tableArguments} from "../kernel-arguments.ts";
import type {ArgumentName, KernelKind} from "../kernel-arguments.ts";
import type {Lane, LaneBuilder} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {inputsOf, longestUnrolled, regionOf} from "../region.ts";
import type {Region} from "../region.ts";
import {scalar, sum} from "../scalar.ts";
import {sizeOf, trace} from "../value.ts";
import type {Real, Value} from "../value.ts";
import {add, sum as sumOf} from "../operations.ts";
import type {Environment, LoweredTable} from "./environment.ts";
import {laneGenerator} from "./generator.ts";
import {inPlaceStates} from "./in-place-states.ts";
import {lowerRegion} from "./lower-region.ts";
import {shuffledRows} from "./shuffled-rows.ts";
import type {ShuffledRows} from "./shuffled-rows.ts";
import {stateMemory} from "./state-memory.ts";
import type {StateMemory} from "./state-memory.ts";
import {forCoordinates, laneAddress} from "./stored.ts";
import type {Stored} from "./stored.ts";

type RegionEnvironment = Omit<Environment, "state" | "step" | "kept">;

/** What a region is read with beside the frame: state, number of steps, and the normal number kept between steps. */
export type RegionContext = Pick<Environment, "state" | "step" | "kept">;

/** The code that both kinds of kernels share, written before their loops. */
export interface Frame<Kind extends KernelKind> {
  readonly argument: (name: ArgumentName<Kind>) => Scalar;
  readonly environment: RegionEnvironment;
  readonly state: StateMemory;
  readonly passes: readonly ShuffledRows[];
  /** Writes a region's code; what depends on parameters alone was computed before. */
  readonly lower: (prepared: PreparedRegion, context: RegionContext) => (value: Value) => Stored;
  /** Computes once a call what a region needs of parameters alone. To be called before any loop. */
  readonly prepare: (region: Region, roots: readonly Value[]) => PreparedRegion;
  /** Writes a step, and gives the new state and the sum of its coordinates. */
  readonly step: (prepared: PreparedStep, context: Omit<RegionContext, "state">) => {readonly state: ReadonlyMap<string, Stored>; readonly total: Stored};
  readonly prepareStep: () => PreparedStep;
  /** Bytes of scratch memory that the code uses. */
  readonly scratchBytes: () => number;
}

export interface PreparedRegion {
  readonly region: Region;
  readonly roots: ReadonlySet<Value>;
  readonly invariants: ReadonlyMap<Value, Stored>;
}

export interface PreparedStep extends PreparedRegion {
  readonly total: Real;
  /** States whose new values may be stored over the old ones as they are computed. */
  readonly inPlace: ReadonlyMap<Value, string>;
}

const leaves = new Set(["constant", "parameter", "state", "step"]);
const varying = new Set(["state", "step", "normal", "uniform", "drawRow"]);

function invariantValues(region: Region): readonly Value[] {
  const changes = new Set<Value>();
  for (const value of reachable(region.values)) if (varying.has(value.operation.op) || value.operands.some((operand) => changes.has(operand))) changes.add(value);
  return region.values.filter((value) => !changes.has(value));
}

/** Σ over the state's variables, in their order, of the sum of their coordinates. */
function totalOf(dynamics: Dynamics): Real {
  return trace(() => Object.keys(dynamics.state).map((name) => sumOf(dynamics.step[name]!)).reduce((total, value) => add(total, value))).result;
}

/** Writes what comes before the loops of a kernel. */
export function kernelFrame<Kind extends KernelKind>(builder: LaneBuilder, kind: Kind, dynamics: Dynamics): Frame<Kind> {
  const held = new Map(
    argumentNames[kind].map((name) => {
      const counter = builder.counter();
      builder.setCounter(counter, namedArgument(kind, name as ArgumentName<Kind>));
      return [name as string, scalar(counter)] as const;
    })
  );
  const argument = (name: ArgumentName<Kind>) => held.get(name)!;
  const scratchBase = held.get("scratch")!;
  const parametersBase = namedArgument(kind, "parameters" as ArgumentName<Kind>);
  let used = 0;
  const scratch = (count: number) => {
    const address = sum(scratchBase, used * builder.laneBytes);
    used += count;
    return address;
  };
  const offsets = new Map<string, number>();
  let size = 0;
  for (const [name, shape] of Object.entries(dynamics.parameters)) {
    offsets.set(name, size * builder.elementBytes);
    size += sizeOf(shape);
  }
  const parameter = (name: string) => ({address: sum(parametersBase, offsets.get(name)!), shape: dynamics.parameters[name]!});
  const spread = new Map<string, Stored>();
  for (const [name, shape] of Object.entries(dynamics.parameters)) {
    if (shape.length !== 1 || shape[0] <= longestUnrolled) continue;
    const address = scratch(shape[0]);
    forCoordinates(builder, shape[0], 4, (index, count) => {
      for (let i = 0; i < count; i++) {
        const from = laneAddress({...builder, laneBytes: builder.elementBytes}, parameter(name).address, sum(index, i));
        builder.store(laneAddress(builder, address, sum(index, i)), builder.loadSplat("real", from));
      }
    });
    spread.set(name, {kind: "memory", address, type: "real"});
  }
  const graphs = [...Object.values(dynamics.step), ...Object.values(dynamics.start)];
  const shuffled = new Set(reachable(graphs).flatMap(({operation}) => (operation.op === "drawRow" && !operation.replacement ? [operation.table] : [])));
  const passes: ShuffledRows[] = [];
  const tables = new Map<string, LoweredTable>(
    Object.keys(dynamics.tables).map((name, i) => {
      const {address, rows, rowBytes, passes: memory} = tableArguments(kind, i);
      const base = builder.counter();
      builder.setCounter(base, address);
      const rowCount = builder.splat(rows);
      const table: LoweredTable = {address: scalar(base), rows: rowCount, rowBytes: builder.splat(rowBytes)};
      if (!shuffled.has(name)) return [name, table];
      const held = builder.counter();
      builder.setCounter(held, memory);
      const pass = shuffledRows(builder, {passes: scalar(held), rowCount: rows, rows: rowCount, cells: scratch(3)});
      passes.push(pass);
      return [name, {...table, passes: pass}];
    })
  );
  const keyAddress = namedArgument(kind, "key" as ArgumentName<Kind>);
  const key: readonly [Lane, Lane] = [builder.loadConstant("word", keyAddress), builder.loadConstant("word", sum(keyAddress, builder.elementBytes))];
  const environment: RegionEnvironment = {builder, generator: laneGenerator(builder, key), scratch, parameter, spread, table: (name) => tables.get(name)!};
  const state = stateMemory(builder, dynamics, scratch);

  const prepare = (region: Region, roots: readonly Value[]): PreparedRegion => {
    const invariant = invariantValues(region);
    const computed = new Set(invariant.filter(({operation}) => !leaves.has(operation.op)));
    const rest = region.values.filter((value) => !computed.has(value));
    const needed = [...computed].filter((value) => roots.includes(value) || rest.some((user) => inputsOf(user).includes(value)));
    const absent = () => {
      throw new Error("kernelFrame: a value that varies was taken for one that does not");
    };
    const lowered = lowerRegion({...environment, state: absent, step: absent}, {kind: "observables", values: invariant}, {roots: new Set(needed), outer: () => undefined});
    return {region: {...region, values: rest}, roots: new Set(roots), invariants: new Map(needed.map((value) => [value, lowered.stored(value)]))};
  };
  const lower = ({region, roots, invariants}: PreparedRegion, context: RegionContext) => lowerRegion({...environment, ...context}, region, {roots, outer: (value) => invariants.get(value)}).stored;
  return {
    argument,
    environment,
    state,
    passes,
    prepare,
    lower,
    prepareStep() {
      const total = totalOf(dynamics);
      const roots = [...Object.values(dynamics.step), total];
      const prepared = prepare(regionOf("step", roots), roots);
      return {...prepared, total, inPlace: inPlaceStates(prepared.region, dynamics.step)};
    },
    step({region, roots, invariants, inPlace, total}, context) {
      const now = state.now();
      const destinations = new Map([...inPlace].map(([value, name]) => [value, {address: state.addressOf(name)!, accumulate: false}]));
      const {stored} = lowerRegion({...environment, ...context, state: (name) => now.get(name)!}, region, {roots, outer: (value) => invariants.get(value), destinations});
      const next = new Map<string, Stored>();
      for (const [name, value] of Object.entries(dynamics.step)) {
        const result = stored(value);
        const own = state.addressOf(name);
        const isOtherState = result.kind === "memory" && own !== undefined && result.address !== own && Object.keys(dynamics.state).some((other) => state.addressOf(other) === result.address);
        next.set(name, isOtherState ? copyOf(result, sizeOf(value.shape)) : result);
      }
      state.set(next);
      const after = new Map([...next].map(([name, value]) => {
        const address = state.addressOf(name);
        return [name, address === undefined ? value : ({kind: "memory", address, type: "real"} as Stored)] as const;
      }));
      return {state: after, total: stored(total)};
    },
    scratchBytes: () => used * builder.laneBytes
  };

  function copyOf(stored: Stored & {readonly kind: "memory"}, length: number): Stored {
    const address = scratch(length);
    forCoordinates(builder, length, 4, (index, count) => {
      for (let i = 0; i < count; i++) builder.store(laneAddress(builder, address, sum(index, i)), builder.load("real", laneAddress(builder, stored.address, sum(index, i))));
    });
    return {kind: "memory", address, type: "real"};
  }
}
