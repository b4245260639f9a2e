import type {LaneBits} from "./lane-arithmetic.ts";

/**
 * A kernel after lowering: straight lane arithmetic, loops and memory, the
 * common source of the WebAssembly and the C back end. `lanes` replicas are
 * computed side by side; a lane value is a vector with one entry a replica.
 *
 * Memory is one buffer addressed by byte offsets (int32). Reals are stored
 * as float32 or float64 by `bits`, words as uint32 or uint64, lane values as
 * `lanes` of these one after the other, without alignment. `int32` cells and
 * loads of scalars are 4 bytes, little-endian.
 *
 * The compiled function is `run(memory, arguments)`: `arguments` is the byte
 * offset that the scalar {op: "arguments"} stands for.
 */
export interface LaneProgram {
  readonly bits: LaneBits;
  /** Replicas side by side, 2 to 16, a power of two. */
  readonly lanes: number;
  /** Computed once a call, before the body: constants and what depends on nothing else. */
  readonly prelude: readonly LaneItem[];
  readonly body: readonly LaneItem[];
  readonly variables: readonly Variable[];
  readonly counters: readonly Counter[];
}

export type LaneType = "real" | "word" | "mask";

/** A mutable lane value that lives across loops; undefined before it is first set. */
export interface Variable {
  readonly number: number;
  readonly type: LaneType;
}

/** A mutable int32 scalar. */
export interface Counter {
  readonly number: number;
}

type Unary<Op extends string, A, R extends LaneType> = {readonly op: Op; readonly type: R; readonly a: A};
type Binary<Op extends string, R extends LaneType> = {readonly op: Op; readonly type: R; readonly a: LaneNode; readonly b: LaneNode};

/** What a lane node computes. The arithmetic is that of LaneArithmetic, operation by operation. */
export type LaneOperation =
  | {readonly op: "real"; readonly type: "real"; readonly value: number}
  | {readonly op: "word"; readonly type: "word"; readonly value: bigint}
  /** 0, 1, …, lanes − 1. */
  | {readonly op: "laneNumbers"; readonly type: "word"}
  /** An int32 scalar in every lane, sign-extended to the lane's width. */
  | {readonly op: "splat"; readonly type: "word"; readonly scalar: Scalar}
  /** The value of a variable here, before later sets of it. */
  | {readonly op: "read"; readonly type: LaneType; readonly variable: Variable}
  /** A lane value from memory. Never a mask. */
  | {readonly op: "load"; readonly type: "real" | "word"; readonly address: Scalar}
  /** One real or word from memory in every lane. */
  | {readonly op: "loadSplat"; readonly type: "real" | "word"; readonly address: Scalar}
  /** In each lane the real at `address` + offsets[lane]; offsets are byte offsets in [0, 2^31). */
  | {readonly op: "gather"; readonly type: "real"; readonly address: Scalar; readonly offsets: LaneNode}
  | Binary<"add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum", "real">
  | Unary<"squareRoot" | "negate" | "absolute", LaneNode, "real">
  | Binary<"less" | "lessOrEqual" | "equal" | "equalWords" | "and" | "or", "mask">
  | Unary<"not", LaneNode, "mask">
  | {readonly op: "select"; readonly type: "real" | "word"; readonly mask: LaneNode; readonly a: LaneNode; readonly b: LaneNode}
  | Binary<"addWords" | "subtractWords" | "multiplyWords" | "multiplyHigh" | "andWords" | "orWords" | "xorWords", "word">
  | {readonly op: "shiftLeft" | "shiftRight"; readonly type: "word"; readonly a: LaneNode; readonly count: number}
  | Unary<"bitsOf", LaneNode, "word">
  | Unary<"realOf" | "toReal", LaneNode, "real">;

/**
 * A pure lane value, computed where it stands in its block. A node is used
 * only in its own block after it, and in blocks nested there; one in the
 * prelude is used anywhere.
 */
export interface LaneNode {
  readonly number: number;
  readonly operation: LaneOperation;
}

/** A pure int32 scalar expression, evaluated where it is used; reads of counters see their value then. */
export type Scalar =
  | {readonly op: "constant"; readonly value: number}
  | {readonly op: "arguments"}
  | {readonly op: "counter"; readonly counter: Counter}
  /** The int32 at an address, read where it is used. */
  | {readonly op: "load32"; readonly address: Scalar}
  /** The arithmetic of int32, modulo 2^32; comparisons are signed and give 1 or 0. */
  | {readonly op: "add" | "subtract" | "multiply" | "and" | "less" | "equal"; readonly a: Scalar; readonly b: Scalar};

/** What a block does, in order. */
export type LaneItem =
  | {readonly kind: "node"; readonly node: LaneNode}
  /** All values are computed before any variable is set. */
  | {readonly kind: "set"; readonly assignments: readonly {readonly variable: Variable; readonly value: LaneNode}[]}
  | {readonly kind: "setCounter"; readonly counter: Counter; readonly value: Scalar}
  /** Stores a lane value; a mask as words of all ones or zero. */
  | {readonly kind: "store"; readonly address: Scalar; readonly value: LaneNode}
  | {readonly kind: "store32"; readonly address: Scalar; readonly value: Scalar}
  /** Copies one real. */
  | {readonly kind: "copyReal"; readonly to: Scalar; readonly from: Scalar}
  /** for (counter = from; counter < to; counter += step) body; the counter may also be set in the body. */
  | {readonly kind: "for"; readonly counter: Counter; readonly from: Scalar; readonly to: Scalar; readonly step: number; readonly body: readonly LaneItem[]}
  /** while (condition ≠ 0) body. */
  | {readonly kind: "while"; readonly condition: Scalar; readonly body: readonly LaneItem[]}
  /** if (condition ≠ 0) then, else otherwise. */
  | {readonly kind: "if"; readonly condition: Scalar; readonly then: readonly LaneItem[]; readonly otherwise: readonly LaneItem[]}
  /** Body, if the mask holds in some lane. */
  | {readonly kind: "ifAny"; readonly mask: LaneNode; readonly body: readonly LaneItem[]};
