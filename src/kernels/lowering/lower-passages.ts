import type {Lane} from "../lane-builder.ts";
import type {PassageKernel} from "../kernel.ts";
import {laneBuilder} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {regionOf, singleNormals} from "../region.ts";
import {difference, isEqual, isLess, load32, product, scalar, sum} from "../scalar.ts";
import type {ScalarLike} from "../scalar.ts";
import {sizeOf} from "../value.ts";
import {kernelFrame} from "./frame.ts";
import type {RegionContext} from "./frame.ts";
import type {LaneShape, LoweredKernel} from "./lowered-kernel.ts";
import {forComponents} from "./state-memory.ts";
import {coordinate, registers} from "./stored.ts";
import type {Stored} from "./stored.ts";

const isIdle = -1;

/**
 * Lowers first passages for `groups` vectors of `width` replicas side by side. A lane whose replica
 * has ended takes the next one, so that all lanes stay at work; each replica's
 * numbers are those that it would have alone.
 *
 * The steps of all lanes are counted by one clock; a lane remembers the clock
 * at its start. The fast path of a step is one comparison with the lane's next
 * level; everything else happens when a level is passed, a quantity is not a
 * number or the oldest replica has made its steps.
 */
export function lowerPassages({dynamics, bits, quantity, records}: PassageKernel, {width, groups}: LaneShape): LoweredKernel {
  const builder = laneBuilder(bits, width, groups);
  const {lanes} = builder;
  const {elementBytes, laneBytes} = builder;
  const frame = kernelFrame(builder, "passages", dynamics);
  const {argument, environment, state, passes} = frame;
  const {generator, scratch} = environment;
  const step = frame.prepareStep();
  const starts = Object.values(dynamics.start);
  const start = frame.prepare(regionOf("start", starts), starts);
  const watch = frame.prepare(regionOf("observables", [quantity]), [quantity]);
  const recorded = Object.values(records);
  const record = frame.prepare(regionOf("observables", recorded), recorded);
  const components = recorded.reduce((total, value) => total + sizeOf(value.shape), 0);

  const [clock, active, next, deadline, check, again, lane] = [builder.counter(), builder.counter(), builder.counter(), builder.counter(), builder.counter(), builder.counter(), builder.counter()];
  const alternates = [...singleNormals(step.region).values()].includes("alternating");
  const [threshold, level, birth, busy, value] = [builder.variable("real"), builder.variable("word"), builder.variable("word"), builder.variable("mask"), builder.variable("real")];
  const keptNormal = alternates ? builder.variable("real") : undefined;
  const [replicas, levels, births, marks, numbers] = [scratch(1), scratch(1), scratch(1), scratch(1), scratch(1)];
  const recordCells = scratch(Math.max(components, 1));
  const zero = scalar(0);
  const ofLane = (cells: Scalar, index: ScalarLike = lane) => sum(cells, product(index, elementBytes));
  const forLanes = (body: () => void) => builder.for(lane, zero, scalar(lanes), 1, body);
  const entry = (base: Scalar, row: ScalarLike, replica: ScalarLike, bytes: number) => sum(base, product(sum(product(row, argument("stride")), replica), bytes));
  const noWords = () => builder.word(0n);
  const age = () => builder.toReal(builder.subtractWords(builder.splat(scalar(clock)), builder.read(birth)));
  const context = (values: ReadonlyMap<string, Stored>): RegionContext => ({state: (name) => values.get(name)!, step: age});

  /** Marks in memory the lanes for which `mask` holds and runs `body` for each of them. */
  const forMarked = (mask: Lane, body: (replica: Scalar) => void) => {
    builder.store(marks, builder.selectWord(mask, builder.word(1n), noWords()));
    forLanes(() => builder.if(load32(ofLane(marks)), () => body(load32(ofLane(replicas)))));
  };
  const copyRecords = (row: Scalar, replica: Scalar) => {
    const from = builder.counter();
    builder.for(from, zero, scalar(components), 1, () =>
      builder.copyReal(entry(argument("records"), sum(product(row, components), from), replica, elementBytes), sum(recordCells, product(from, laneBytes), product(lane, elementBytes)))
    );
  };
  const findDeadline = () => {
    builder.setCounter(deadline, scalar(0x7fffffff));
    forLanes(() =>
      builder.if(difference(1, isEqual(load32(ofLane(replicas)), isIdle)), () => {
        const end = sum(load32(ofLane(births)), argument("steps"));
        builder.if(isLess(end, deadline), () => builder.setCounter(deadline, end));
      })
    );
  };

  const writeEvents = () => {
    const values = state.now();
    const stored = frame.lower(record, context(values));
    forComponents(
      builder,
      recorded.map((observable) => ({stored: stored(observable), length: sizeOf(observable.shape)})),
      (node, component) => builder.store(sum(recordCells, product(component, laneBytes)), node)
    );
    const quantityNow = builder.read(value);
    const isOrdered = builder.less(quantityNow, builder.real(Infinity));
    const isAtWork = builder.read(busy);
    builder.setCounter(again, scalar(1));
    builder.while(scalar(again), () => {
      builder.setCounter(again, zero);
      const isPassed = builder.and(builder.and(builder.lessOrEqual(builder.read(threshold), quantityNow), isOrdered), isAtWork);
      builder.ifAny(isPassed, () => {
        builder.setCounter(again, scalar(1));
        builder.store(levels, builder.read(level));
        forMarked(isPassed, (replica) => {
          const row = load32(ofLane(levels));
          builder.store32(entry(argument("passages"), row, replica, 4), difference(clock, load32(ofLane(births))));
          copyRecords(row, replica);
        });
        const nextLevel = builder.selectWord(isPassed, builder.addWords(builder.read(level), builder.word(1n)), builder.read(level));
        const nextThreshold = builder.gather(argument("levels"), builder.multiplyWords(nextLevel, builder.word(BigInt(elementBytes))));
        builder.set([level, nextLevel], [threshold, builder.select(isPassed, nextThreshold, builder.read(threshold))]);
      });
    });
    const hasPassed = builder.equalWords(builder.read(level), builder.splat(argument("levelCount")));
    const made = builder.subtractWords(builder.splat(scalar(clock)), builder.read(birth));
    const isCensored = builder.equalWords(made, builder.splat(argument("steps")));
    const ends = builder.and(builder.or(builder.or(hasPassed, isCensored), builder.not(isOrdered)), isAtWork);
    builder.ifAny(ends, () => {
      const reason = builder.selectWord(isOrdered, builder.selectWord(hasPassed, noWords(), builder.word(1n)), builder.word(2n));
      builder.store(levels, reason);
      forMarked(ends, (replica) => {
        builder.store32(entry(argument("ends"), 0, replica, 4), difference(clock, load32(ofLane(births))));
        builder.store32(entry(argument("reasons"), 0, replica, 4), load32(ofLane(levels)));
        copyRecords(argument("levelCount"), replica);
        builder.store32(ofLane(replicas), scalar(isIdle));
        builder.setCounter(active, difference(active, 1));
      });
      builder.set([threshold, builder.select(ends, builder.real(Infinity), builder.read(threshold))], [busy, builder.and(isAtWork, builder.not(ends))]);
    });
    findDeadline();
  };

  const writeStep = (isOdd: number) => {
    const kept = keptNormal === undefined ? {} : {kept: {normal: keptNormal, isOdd: scalar(isOdd)}};
    const {state: after} = frame.step(step, {step: age, ...kept});
    generator.save();
    builder.setCounter(clock, sum(clock, 1));
    const stored = frame.lower(watch, context(after));
    const now = coordinate(builder, stored(quantity), 0);
    builder.set([value, now]);
    builder.setCounter(check, difference(1, isLess(clock, deadline)));
    builder.ifAny(builder.not(builder.less(now, builder.read(threshold))), () => builder.setCounter(check, scalar(1)));
    builder.if(scalar(check), writeEvents);
  };

  const writeRefill = () => {
    builder.store(marks, noWords());
    builder.store(numbers, noWords());
    forLanes(() =>
      builder.if(isEqual(load32(ofLane(replicas)), isIdle), () =>
        builder.if(isLess(next, argument("count")), () => {
          builder.store32(ofLane(replicas), scalar(next));
          builder.store32(ofLane(births), scalar(clock));
          builder.store32(ofLane(numbers), sum(argument("first"), next));
          builder.store32(ofLane(marks), scalar(1));
          passes.forEach((pass) => pass.reset(lane));
          builder.setCounter(next, sum(next, 1));
          builder.setCounter(active, sum(active, 1));
        })
      )
    );
    const isNew = builder.not(builder.equalWords(builder.load("word", marks), noWords()));
    const clockNow = builder.splat(scalar(clock));
    builder.set([birth, builder.selectWord(isNew, clockNow, builder.read(birth))]);
    generator.seed(builder.load("word", numbers), isNew);
    passes.forEach((pass) => pass.resetCounts(isNew));
    const writeStart = () => {
      const stored = frame.lower(start, context(new Map()));
      state.set(new Map(Object.entries(dynamics.start).map(([name, initial]) => [name, stored(initial)])), isNew);
    };
    generator.advancing(isNew, passes.reduce((draws, pass) => () => pass.advancing(isNew, draws), writeStart));
    const firstLevel = builder.loadSplat("real", argument("levels"));
    builder.set(
      [level, builder.selectWord(isNew, noWords(), builder.read(level))],
      [threshold, builder.select(isNew, firstLevel, builder.read(threshold))],
      [busy, builder.or(isNew, builder.read(busy))]
    );
    findDeadline();
  };

  builder.store(replicas, noWords());
  builder.store(births, noWords());
  forLanes(() => builder.store32(ofLane(replicas), scalar(isIdle)));
  const never = builder.less(builder.real(1), builder.real(0));
  builder.set([threshold, builder.real(Infinity)], [level, noWords()], [birth, noWords()], [busy, never], [value, builder.real(0)]);
  if (keptNormal !== undefined) builder.set([keptNormal, builder.real(0)]);
  state.set(new Map(Object.keys(dynamics.state).map((name) => [name, registers(builder.real(0))])));
  generator.seed(noWords());
  for (const pass of passes) {
    forLanes(() => pass.reset(lane));
    pass.resetCounts();
  }
  for (const counter of [clock, active, next]) builder.setCounter(counter, zero);
  const refill = () => builder.if(isLess(active, lanes), () => builder.if(isLess(next, argument("count")), writeRefill));
  refill();
  builder.while(isLess(0, active), () => {
    writeStep(0);
    if (alternates) writeStep(1);
    refill();
  });
  return {program: builder.finish(), lanes, scratchBytes: frame.scratchBytes()};
}
