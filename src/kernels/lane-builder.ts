import type {LaneArithmetic, LaneBits} from "./lane-arithmetic.ts";
import {bitwiseAnd, product, sum} from "./scalar.ts";
import type {ScalarLike} from "./scalar.ts";
import type {Counter, LaneItem, LaneNode, LaneOperation, LaneProgram, LaneType, Scalar, Variable} from "./lane-program.ts";

/**
 * A value of every replica that a program computes side by side: `groups`
 * vectors of `width` lanes. Several short vectors instead of one keep a
 * processor busy where each step waits for the one before.
 */
export interface Lane {
  readonly parts: readonly LaneNode[];
}

/** A mutable value of every replica. */
export interface LaneVariable {
  readonly parts: readonly Variable[];
}

/** Writes a LaneProgram from front to back. Equal pure operations become one node. */
export interface LaneBuilder extends LaneArithmetic<Lane, Lane, Lane> {
  /** Replicas side by side, all vectors together. */
  readonly lanes: number;
  /** Bytes of one real or word, and of one lane value. */
  readonly elementBytes: number;
  readonly laneBytes: number;

  variable(type: LaneType): LaneVariable;
  counter(): Counter;

  laneNumbers(): Lane;
  splat(scalar: Scalar): Lane;
  read(variable: LaneVariable): Lane;
  load(type: "real" | "word", address: Scalar): Lane;
  loadSplat(type: "real" | "word", address: Scalar): Lane;
  gather(address: Scalar, offsets: Lane): Lane;
  /** A splatted load of what does not change during a call, in the prelude. */
  loadConstant(type: "real" | "word", address: Scalar): Lane;

  set(...assignments: readonly (readonly [LaneVariable, Lane])[]): void;
  setCounter(counter: Counter, value: Scalar): void;
  store(address: Scalar, value: Lane): void;
  /** Adds replica r, counted from `first` at lane 0, to real number r mod `slots` from `address` on, in the order of the replicas. */
  addToSlots(address: Scalar, first: ScalarLike, slots: number, value: Lane): void;
  store32(address: Scalar, value: Scalar): void;
  copyReal(to: Scalar, from: Scalar): void;
  for(counter: Counter, from: Scalar, to: Scalar, step: number, body: () => void): void;
  while(condition: Scalar, body: () => void): void;
  if(condition: Scalar, then: () => void, otherwise?: () => void): void;
  ifAny(mask: Lane, body: () => void): void;

  /** The program; the builder is not used after it. */
  finish(): LaneProgram;
}

interface Block {
  readonly items: LaneItem[];
  readonly known: Map<string, LaneNode>;
}

type Pure = Exclude<LaneOperation, {readonly op: "read" | "load" | "loadSplat" | "gather" | "splat"}>;

/** The nodes that an operation computes from. */
export function operandsOf(operation: LaneOperation): readonly LaneNode[] {
  switch (operation.op) {
    case "gather":
      return [operation.offsets];
    case "select":
      return [operation.mask, operation.a, operation.b];
    default:
      return "b" in operation ? [operation.a, operation.b] : "a" in operation ? [operation.a] : [];
  }
}

function keyOf(operation: Pure, bits: LaneBits): string {
  const operands = operandsOf(operation).map(({number}) => number).join(",");
  switch (operation.op) {
    case "real":
      return `real ${Object.is(operation.value, -0) ? "-0" : operation.value}`;
    case "word":
      return `word ${BigInt.asUintN(bits, operation.value)}`;
    case "shiftLeft":
    case "shiftRight":
      return `${operation.op} ${operands} ${operation.count}`;
    default:
      return `${operation.op} ${operation.type} ${operands}`;
  }
}

/** A builder of programs of `groups` vectors of `width` lanes of `bits` bits. */
export function laneBuilder(bits: LaneBits, width: number, groups = 1): LaneBuilder {
  const prelude: Block = {items: [], known: new Map()};
  const body: Block = {items: [], known: new Map()};
  const stack: Block[] = [prelude, body];
  const variables: Variable[] = [];
  const counters: Counter[] = [];
  const inPrelude = new Set<number>();
  let nodes = 0;

  const top = () => stack.at(-1)!;
  const place = (operation: LaneOperation, block: Block): LaneNode => {
    const node = {number: nodes++, operation};
    block.items.push({kind: "node", node});
    if (block === prelude) inPrelude.add(node.number);
    return node;
  };
  const pure = (operation: Pure): LaneNode => {
    const key = keyOf(operation, bits);
    for (const block of stack) {
      const known = block.known.get(key);
      if (known !== undefined) return known;
    }
    const block = operandsOf(operation).every(({number}) => inPrelude.has(number)) ? prelude : top();
    const node = place(operation, block);
    block.known.set(key, node);
    return node;
  };
  const nested = (write: () => void): readonly LaneItem[] => {
    const block: Block = {items: [], known: new Map()};
    stack.push(block);
    write();
    stack.pop();
    return block.items;
  };
  const emit = (item: LaneItem) => void top().items.push(item);
  const round = bits === 32 ? Math.fround : (value: number) => value;

  const parts = Array.from({length: groups}, (_, part) => part);
  const spread = (make: (part: number) => LaneNode): Lane => ({parts: parts.map(make)});
  const same = (node: LaneNode): Lane => ({parts: parts.map(() => node)});
  const elementBytes = bits / 8;
  const vectorBytes = elementBytes * width;
  const ofPart = (address: Scalar, part: number) => sum(address, part * vectorBytes);
  const binaryReal = (op: "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum") => (a: Lane, b: Lane) => spread((part) => pure({op, type: "real", a: a.parts[part]!, b: b.parts[part]!}));
  const binaryMask = (op: "less" | "lessOrEqual" | "equal" | "equalWords" | "and" | "or") => (a: Lane, b: Lane) => spread((part) => pure({op, type: "mask", a: a.parts[part]!, b: b.parts[part]!}));
  const binaryWord = (op: "addWords" | "subtractWords" | "multiplyWords" | "multiplyHigh" | "andWords" | "orWords" | "xorWords") => (a: Lane, b: Lane) => spread((part) => pure({op, type: "word", a: a.parts[part]!, b: b.parts[part]!}));
  const unaryReal = (op: "squareRoot" | "negate" | "absolute") => (a: Lane) => spread((part) => pure({op, type: "real", a: a.parts[part]!}));
  const select = (type: "real" | "word") => (mask: Lane, a: Lane, b: Lane) => spread((part) => pure({op: "select", type, mask: mask.parts[part]!, a: a.parts[part]!, b: b.parts[part]!}));
  const shift = (op: "shiftLeft" | "shiftRight") => (a: Lane, count: number) => (count === 0 ? a : spread((part) => pure({op, type: "word", a: a.parts[part]!, count})));
  const constants = new Map<string, LaneNode>();
  const load = (type: "real" | "word", address: Scalar): Lane => spread((part) => place({op: "load", type, address: ofPart(address, part)}, top()));
  const store = (address: Scalar, value: Lane) => value.parts.forEach((node, part) => emit({kind: "store", address: ofPart(address, part), value: node}));
  const add = binaryReal("add");
  const word = (value: bigint) => same(pure({op: "word", type: "word", value: BigInt.asUintN(bits, value)}));
  const addWords = binaryWord("addWords");

  return {
    bits,
    lanes: width * groups,
    elementBytes,
    laneBytes: vectorBytes * groups,
    real: (value) => same(pure({op: "real", type: "real", value: round(value)})),
    word,
    add,
    subtract: binaryReal("subtract"),
    multiply: binaryReal("multiply"),
    divide: binaryReal("divide"),
    minimum: binaryReal("minimum"),
    maximum: binaryReal("maximum"),
    squareRoot: unaryReal("squareRoot"),
    negate: unaryReal("negate"),
    absolute: unaryReal("absolute"),
    less: binaryMask("less"),
    lessOrEqual: binaryMask("lessOrEqual"),
    equal: binaryMask("equal"),
    equalWords: binaryMask("equalWords"),
    and: binaryMask("and"),
    or: binaryMask("or"),
    not: (a) => spread((part) => pure({op: "not", type: "mask", a: a.parts[part]!})),
    select: select("real"),
    selectWord: select("word"),
    addWords,
    subtractWords: binaryWord("subtractWords"),
    multiplyWords: binaryWord("multiplyWords"),
    multiplyHigh: binaryWord("multiplyHigh"),
    andWords: binaryWord("andWords"),
    orWords: binaryWord("orWords"),
    xorWords: binaryWord("xorWords"),
    shiftLeft: shift("shiftLeft"),
    shiftRight: shift("shiftRight"),
    bitsOf: (a) => spread((part) => pure({op: "bitsOf", type: "word", a: a.parts[part]!})),
    realOf: (a) => spread((part) => pure({op: "realOf", type: "real", a: a.parts[part]!})),
    toReal: (a) => spread((part) => pure({op: "toReal", type: "real", a: a.parts[part]!})),

    variable: (type) => ({
      parts: parts.map(() => {
        const variable = {number: variables.length, type};
        variables.push(variable);
        return variable;
      })
    }),
    counter() {
      const counter = {number: counters.length};
      counters.push(counter);
      return counter;
    },
    laneNumbers() {
      const first = same(pure({op: "laneNumbers", type: "word"}));
      return groups === 1 ? first : addWords(first, spread((part) => word(BigInt(part * width)).parts[part]!));
    },
    splat: (scalar) => same(place({op: "splat", type: "word", scalar}, top())),
    read: ({parts: own}) => ({parts: own.map((variable) => place({op: "read", type: variable.type, variable}, top()))}),
    load,
    loadSplat: (type, address) => same(place({op: "loadSplat", type, address}, top())),
    gather: (address, offsets) => spread((part) => place({op: "gather", type: "real", address, offsets: offsets.parts[part]!}, top())),
    loadConstant(type, address) {
      const key = `${type} ${JSON.stringify(address)}`;
      const known = constants.get(key) ?? place({op: "loadSplat", type, address}, prelude);
      constants.set(key, known);
      return same(known);
    },
    set: (...assignments) => emit({kind: "set", assignments: assignments.flatMap(([variable, value]) => variable.parts.map((part, i) => ({variable: part, value: value.parts[i]!})))}),
    setCounter: (counter, value) => emit({kind: "setCounter", counter, value}),
    store,
    addToSlots(address, first, slots, value) {
      for (const part of parts) {
        const at = sum(address, product(bitwiseAnd(sum(first, part * width), slots - 1), elementBytes));
        const before = place({op: "load", type: "real", address: at}, top());
        emit({kind: "store", address: at, value: pure({op: "add", type: "real", a: before, b: value.parts[part]!})});
      }
    },
    store32: (address, value) => emit({kind: "store32", address, value}),
    copyReal: (to, from) => emit({kind: "copyReal", to, from}),
    for: (counter, from, to, step, write) => emit({kind: "for", counter, from, to, step, body: nested(write)}),
    while: (condition, write) => emit({kind: "while", condition, body: nested(write)}),
    if: (condition, then, otherwise = () => {}) => emit({kind: "if", condition, then: nested(then), otherwise: nested(otherwise)}),
    ifAny: (mask, write) => emit({kind: "ifAny", mask: mask.parts.reduce((a, b) => pure({op: "or", type: "mask", a, b})), body: nested(write)}),
    finish: () => ({bits, lanes: width, prelude: prelude.items, body: body.items, variables, counters})
  };
}
