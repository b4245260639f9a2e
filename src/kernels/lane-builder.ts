import type {LaneArithmetic, LaneBits} from "./lane-arithmetic.ts";
import type {Counter, LaneItem, LaneNode, LaneOperation, LaneProgram, LaneType, Scalar, Variable} from "./lane-program.ts";

/** Writes a LaneProgram from front to back. Equal pure operations become one node. */
export interface LaneBuilder extends LaneArithmetic<LaneNode, LaneNode, LaneNode> {
  readonly lanes: number;
  /** Bytes of one real or word, and of one lane value. */
  readonly elementBytes: number;
  readonly laneBytes: number;

  variable(type: LaneType): Variable;
  counter(): Counter;

  laneNumbers(): LaneNode;
  splat(scalar: Scalar): LaneNode;
  read(variable: Variable): LaneNode;
  load(type: "real" | "word", address: Scalar): LaneNode;
  loadSplat(type: "real" | "word", address: Scalar): LaneNode;
  gather(address: Scalar, offsets: LaneNode): LaneNode;
  /** A splatted load of what does not change during a call, in the prelude. */
  loadConstant(type: "real" | "word", address: Scalar): LaneNode;

  set(...assignments: readonly (readonly [Variable, LaneNode])[]): void;
  setCounter(counter: Counter, value: Scalar): void;
  store(address: Scalar, value: LaneNode): void;
  store32(address: Scalar, value: Scalar): void;
  copyReal(to: Scalar, from: Scalar): void;
  for(counter: Counter, from: Scalar, to: Scalar, step: number, body: () => void): void;
  while(condition: Scalar, body: () => void): void;
  if(condition: Scalar, then: () => void, otherwise?: () => void): void;
  ifAny(mask: LaneNode, body: () => void): void;

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

/** A builder of programs of `lanes` lanes of `bits` bits. */
export function laneBuilder(bits: LaneBits, lanes: number): LaneBuilder {
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

  const binaryReal = (op: "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum") => (a: LaneNode, b: LaneNode) => pure({op, type: "real", a, b});
  const binaryMask = (op: "less" | "lessOrEqual" | "equal" | "equalWords" | "and" | "or") => (a: LaneNode, b: LaneNode) => pure({op, type: "mask", a, b});
  const binaryWord = (op: "addWords" | "subtractWords" | "multiplyWords" | "multiplyHigh" | "andWords" | "orWords" | "xorWords") => (a: LaneNode, b: LaneNode) => pure({op, type: "word", a, b});
  const unaryReal = (op: "squareRoot" | "negate" | "absolute") => (a: LaneNode) => pure({op, type: "real", a});
  const constants = new Map<string, LaneNode>();

  return {
    bits,
    lanes,
    elementBytes: bits / 8,
    laneBytes: (bits / 8) * lanes,
    real: (value) => pure({op: "real", type: "real", value: round(value)}),
    word: (value) => pure({op: "word", type: "word", value: BigInt.asUintN(bits, value)}),
    add: binaryReal("add"),
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
    not: (a) => pure({op: "not", type: "mask", a}),
    select: (mask, a, b) => pure({op: "select", type: "real", mask, a, b}),
    selectWord: (mask, a, b) => pure({op: "select", type: "word", mask, a, b}),
    addWords: binaryWord("addWords"),
    subtractWords: binaryWord("subtractWords"),
    multiplyWords: binaryWord("multiplyWords"),
    multiplyHigh: binaryWord("multiplyHigh"),
    andWords: binaryWord("andWords"),
    orWords: binaryWord("orWords"),
    xorWords: binaryWord("xorWords"),
    shiftLeft: (a, count) => (count === 0 ? a : pure({op: "shiftLeft", type: "word", a, count})),
    shiftRight: (a, count) => (count === 0 ? a : pure({op: "shiftRight", type: "word", a, count})),
    bitsOf: (a) => pure({op: "bitsOf", type: "word", a}),
    realOf: (a) => pure({op: "realOf", type: "real", a}),
    toReal: (a) => pure({op: "toReal", type: "real", a}),

    variable(type) {
      const variable = {number: variables.length, type};
      variables.push(variable);
      return variable;
    },
    counter() {
      const counter = {number: counters.length};
      counters.push(counter);
      return counter;
    },
    laneNumbers: () => pure({op: "laneNumbers", type: "word"}),
    splat: (scalar) => place({op: "splat", type: "word", scalar}, top()),
    read: (variable) => place({op: "read", type: variable.type, variable}, top()),
    load: (type, address) => place({op: "load", type, address}, top()),
    loadSplat: (type, address) => place({op: "loadSplat", type, address}, top()),
    gather: (address, offsets) => place({op: "gather", type: "real", address, offsets}, top()),
    loadConstant(type, address) {
      const key = `${type} ${JSON.stringify(address)}`;
      const known = constants.get(key) ?? place({op: "loadSplat", type, address}, prelude);
      constants.set(key, known);
      return known;
    },
    set: (...assignments) => emit({kind: "set", assignments: assignments.map(([variable, value]) => ({variable, value}))}),
    setCounter: (counter, value) => emit({kind: "setCounter", counter, value}),
    store: (address, value) => emit({kind: "store", address, value}),
    store32: (address, value) => emit({kind: "store32", address, value}),
    copyReal: (to, from) => emit({kind: "copyReal", to, from}),
    for: (counter, from, to, step, write) => emit({kind: "for", counter, from, to, step, body: nested(write)}),
    while: (condition, write) => emit({kind: "while", condition, body: nested(write)}),
    if: (condition, then, otherwise = () => {}) => emit({kind: "if", condition, then: nested(then), otherwise: nested(otherwise)}),
    ifAny: (mask, write) => emit({kind: "ifAny", mask, body: nested(write)}),
    finish: () => ({bits, lanes, prelude: prelude.items, body: body.items, variables, counters})
  };
}
