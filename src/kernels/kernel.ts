import type {Dynamics, Graph} from "./dynamics.ts";
import type {LaneBits} from "./lane-arithmetic.ts";
import type {Real} from "./value.ts";

/** Runs a fixed number of steps. */
export interface SimulationKernel {
  readonly kind: "simulation";
  readonly dynamics: Dynamics;
  readonly bits: LaneBits;
  /** Read every `every` steps; none for an empty graph. */
  readonly observables: Graph;
  /** Whether samples are kept for each replica or summed over the replicas that have not diverged. */
  readonly samples: "replicas" | "sums";
}

/** Runs each replica until a quantity has reached the last of increasing levels. */
export interface PassageKernel {
  readonly kind: "passages";
  readonly dynamics: Dynamics;
  readonly bits: LaneBits;
  readonly quantity: Real;
  /** Read when a level is passed, and when the replica ends. */
  readonly records: Graph;
}

export type Kernel = SimulationKernel | PassageKernel;

export type RealArray = Float32Array | Float64Array;

/** A table of samples, row after row. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly values: RealArray;
}

/** What a kernel's names stand for: matrices row after row. */
export interface Binding {
  readonly parameters: Readonly<Record<string, number | readonly number[] | RealArray>>;
  readonly tables: Readonly<Record<string, Table>>;
  /** Key of the ensemble's generators, two uint32. */
  readonly key: readonly [number, number];
}

/** Replicas that one call computes. */
export interface Block {
  /** Number of the first replica in its ensemble, in [0, 2^31). */
  readonly first: number;
  readonly count: number;
}

export interface SimulationRun {
  readonly steps: number;
  /** Steps between samples; the first is taken after `every` steps. */
  readonly every: number;
}

export interface PassageRun {
  /** Increasing levels of the quantity. */
  readonly levels: readonly number[];
  /** A replica that made this many steps is censored. */
  readonly steps: number;
}

/** What a block of a simulation gives; arrays have one entry a replica last. */
export interface SimulationBlock {
  /** (components of the state, count). */
  readonly states: RealArray;
  /** (count): the step after which the sum of the state was first not finite, 0 if it never was. */
  readonly divergences: Int32Array;
  /** (samples, components of the observables, count), or for sums (samples, components + 1, 16), the last component the number of replicas that count. */
  readonly samples: RealArray;
}

/** What a block of first passages gives. */
export interface PassageBlock {
  /** (levels, count): the first step after which the quantity was at the level or above, 0 if it never was. */
  readonly passages: Int32Array;
  /** (count): steps made. */
  readonly ends: Int32Array;
  /** (count): 0 the last level was passed, 1 censored, 2 the quantity was NaN or infinite; −∞ is below every level. */
  readonly reasons: Int32Array;
  /** (levels + 1, components of the records, count): at each passage, 0 where there was none, and at the end. */
  readonly records: RealArray;
}
