import {signedLeb128, unsignedLeb128} from "./leb128.ts";
import {opcodes, type Opcode} from "./opcodes.ts";

/** The types of locals, by their bytes in the binary format. */
const localTypes = {i32: 0x7f, v128: 0x7b} as const;

export type LocalType = keyof typeof localTypes;

/** The index of a local in its function. */
export type Local = number;

const emptyBlock = 0x40;

/** Writes the code of one function: its instructions in order, and its locals as they are asked for. */
export interface CodeWriter {
  /** An instruction without immediates. */
  plain(op: Opcode): void;
  /** A loop or an if, without results; `plain("end")` closes it. */
  open(op: "loop" | "if"): void;
  branchIf(depth: number): void;
  get(local: Local): void;
  set(local: Local): void;
  constant(value: number): void;
  /** A v128 of 16 bytes. */
  vector(bytes: Uint8Array): void;
  /** The same from a local that is set once, where the function begins. */
  sharedVector(bytes: Uint8Array): void;
  /** The lane of each byte of the result in the 32 bytes of two vectors. */
  shuffle(bytes: readonly number[]): void;
  extractLane(lane: number): void;
  /** A load or store at the address on the stack + offset, of any alignment. */
  access(op: Opcode, offset: number, lane?: number): void;
  /** A new local; 0 until it is set. */
  local(type: LocalType): Local;
  /** The function's entry of the code section, without its size. */
  finish(): readonly number[];
}

/** A writer of a function whose parameters take the first `parameters` locals. */
export function codeWriter(parameters: number): CodeWriter {
  const bytes: number[] = [];
  const types: LocalType[] = [];
  const shared = new Map<string, Local>();
  const beginning: number[] = [];
  const append = (op: Opcode, immediates: Iterable<number>, to: number[]) => {
    for (const value of opcodes[op]) to.push(value);
    for (const value of immediates) to.push(value);
  };
  const write = (op: Opcode, immediates: Iterable<number> = []) => append(op, immediates, bytes);
  const local = (type: LocalType): Local => {
    types.push(type);
    return parameters + types.length - 1;
  };

  return {
    plain: (op) => write(op),
    open: (op) => write(op, [emptyBlock]),
    branchIf: (depth) => write("br_if", unsignedLeb128(depth)),
    get: (local) => write("local.get", unsignedLeb128(local)),
    set: (local) => write("local.set", unsignedLeb128(local)),
    constant: (value) => write("i32.const", signedLeb128(value)),
    vector: (value) => write("v128.const", value),
    shuffle: (lanes) => write("i8x16.shuffle", lanes),
    extractLane: (lane) => write("i32x4.extract_lane", [lane]),
    access: (op, offset, lane) => write(op, [0, ...unsignedLeb128(offset), ...(lane === undefined ? [] : [lane])]),
    sharedVector(value) {
      const key = value.join();
      const known = shared.get(key) ?? local("v128");
      write("local.get", unsignedLeb128(known));
      if (shared.has(key)) return;
      shared.set(key, known);
      append("v128.const", value, beginning);
      append("local.set", unsignedLeb128(known), beginning);
    },
    local,
    finish() {
      const runs: {readonly type: LocalType; count: number}[] = [];
      for (const type of types) {
        const last = runs.at(-1);
        if (last?.type === type) last.count++;
        else runs.push({type, count: 1});
      }
      const locals = runs.flatMap(({type, count}) => [...unsignedLeb128(count), localTypes[type]]);
      return [...unsignedLeb128(runs.length), ...locals, ...beginning, ...bytes, ...opcodes.end];
    }
  };
}
