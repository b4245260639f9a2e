import type {Lane} from "../lane-builder.ts";
import {sumLanes} from "../kernel-arguments.ts";
import type {SimulationKernel} from "../kernel.ts";
import {laneBuilder} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {regionOf, singleNormals} from "../region.ts";
import {bitwiseAnd, difference, isEqual, isLess, product, scalar, sum} from "../scalar.ts";
import {sizeOf} from "../value.ts";
import {kernelFrame} from "./frame.ts";
import type {RegionContext} from "./frame.ts";
import type {LaneShape, LoweredKernel} from "./lowered-kernel.ts";
import {forComponents} from "./state-memory.ts";
import {coordinate} from "./stored.ts";
import type {Stored} from "./stored.ts";

/**
 * Lowers a simulation for `groups` vectors of `width` replicas side by side: group after group,
 * all steps of a group before the next, samples every `every` steps.
 */
export function lowerSimulation({dynamics, bits, observables, samples}: SimulationKernel, {width, groups}: LaneShape): LoweredKernel {
  const builder = laneBuilder(bits, width, groups);
  const {lanes} = builder;
  const frame = kernelFrame(builder, "simulation", dynamics);
  const {argument, environment, state, passes} = frame;
  const {generator} = environment;
  const step = frame.prepareStep();
  const starts = Object.values(dynamics.start);
  const start = frame.prepare(regionOf("start", starts), starts);
  const observed = Object.values(observables);
  const observation = frame.prepare(regionOf("observables", observed), observed);
  const [group, time, segmentStart, segmentEnd, sample] = [builder.counter(), builder.counter(), builder.counter(), builder.counter(), builder.counter()];
  const divergence = builder.variable("word");
  const kept = [...singleNormals(step.region).values()].includes("alternating") ? {normal: builder.variable("real"), isOdd: bitwiseAnd(time, 1)} : undefined;
  const stepNumber = () => builder.toReal(builder.splat(scalar(time)));
  const stride = product(argument("stride"), builder.elementBytes);
  const zero = scalar(0);
  const components = observed.reduce((total, value) => total + sizeOf(value.shape), 0);

  const context = (values: ReadonlyMap<string, Stored>): RegionContext => ({state: (name) => values.get(name)!, step: stepNumber});

  const writeStart = () => {
    generator.seed(builder.addWords(builder.splat(sum(argument("first"), group)), builder.laneNumbers()));
    passes.forEach((pass) => {
      const lane = builder.counter();
      builder.for(lane, zero, scalar(lanes), 1, () => pass.reset(lane));
      pass.resetCounts();
    });
    builder.setCounter(time, zero);
    const stored = frame.lower(start, context(new Map()));
    state.set(new Map(Object.entries(dynamics.start).map(([name, value]) => [name, stored(value)])));
    generator.save();
    builder.set([divergence, builder.word(0n)], ...(kept === undefined ? [] : [[kept.normal, builder.real(0)] as const]));
  };

  const writeStep = () => {
    const {total} = frame.step(step, {step: stepNumber, ...(kept === undefined ? {} : {kept})});
    generator.save();
    const sumOfState = coordinate(builder, total, 0);
    const difference = builder.subtract(sumOfState, sumOfState);
    builder.ifAny(builder.not(builder.equal(difference, builder.real(0))), () => {
      const before = builder.read(divergence);
      const isFirst = builder.and(builder.equalWords(before, builder.word(0n)), builder.not(builder.equal(difference, builder.real(0))));
      builder.set([divergence, builder.selectWord(isFirst, builder.splat(sum(time, 1)), before)]);
    });
  };

  const writeSample = () => {
    const values = state.now();
    const stored = frame.lower(observation, context(values));
    const all = observed.map((value) => ({stored: stored(value), length: sizeOf(value.shape)}));
    if (samples === "replicas") {
      const base = sum(argument("samples"), product(product(sample, components), stride), product(group, builder.elementBytes));
      forComponents(builder, all, (node, component) => builder.store(sum(base, product(component, stride)), node));
      return;
    }
    const base = sum(argument("samples"), product(product(sample, (components + 1) * sumLanes), builder.elementBytes));
    const isReplica = builder.less(builder.toReal(builder.laneNumbers()), builder.toReal(builder.splat(difference(argument("count"), group))));
    const counts = builder.and(isReplica, builder.equalWords(builder.read(divergence), builder.word(0n)));
    const addTo = (node: Lane, component: Scalar) => builder.addToSlots(sum(base, product(component, sumLanes * builder.elementBytes)), group, sumLanes, builder.select(counts, node, builder.real(0)));
    forComponents(builder, all, addTo);
    addTo(builder.real(1), scalar(components));
  };

  builder.for(group, zero, argument("count"), lanes, () => {
    writeStart();
    builder.setCounter(sample, zero);
    builder.while(isLess(time, argument("steps")), () => {
      builder.setCounter(segmentStart, scalar(time));
      builder.setCounter(segmentEnd, sum(time, argument("every")));
      builder.if(isLess(difference(argument("steps"), time), argument("every")), () => builder.setCounter(segmentEnd, argument("steps")));
      builder.for(time, scalar(time), scalar(segmentEnd), 1, writeStep);
      if (observed.length > 0)
        builder.if(isEqual(difference(time, segmentStart), argument("every")), () => {
          writeSample();
          builder.setCounter(sample, sum(sample, 1));
        });
    });
    const final = Object.entries(dynamics.state).map(([name, shape]) => ({stored: state.now().get(name)!, length: sizeOf(shape)}));
    const base = sum(argument("states"), product(group, builder.elementBytes));
    forComponents(builder, final, (node, component) => builder.store(sum(base, product(component, stride)), node));
    builder.store(sum(argument("divergences"), product(group, builder.elementBytes)), builder.read(divergence));
  });
  return {program: builder.finish(), lanes, scratchBytes: frame.scratchBytes()};
}
