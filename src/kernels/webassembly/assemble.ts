import type {LaneProgram} from "../lane-program.ts";
import {codeWriter} from "./code-writer.ts";
import {programCode} from "./item-code.ts";
import {unsignedLeb128} from "./leb128.ts";

/** Magic number and version 1. */
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** The sections that a kernel has, by their numbers in the binary format. */
const sections = {types: 1, imports: 2, functions: 3, exports: 7, code: 10} as const;

const sized = (bytes: readonly number[]) => [...unsignedLeb128(bytes.length), ...bytes];
const name = (text: string) => sized([...new TextEncoder().encode(text)]);
const oneOf = (entry: readonly number[]) => [1, ...entry];
const section = (kind: keyof typeof sections, content: readonly number[]) => [sections[kind], ...sized(content)];

const functionFromInt32ToNothing = [0x60, 1, 0x7f, 0];
const memoryOfAnySize = [0x02, 0x00, 0];
const firstFunction = [0x00, 0];

/**
 * The WebAssembly module of a lane program, with 128-bit SIMD: it imports the
 * memory "env"."memory" and exports `run`(arguments: i32).
 *
 * Addresses are byte offsets in that memory; the int32 cells that addresses
 * are made of must not be negative. Nodes that nothing uses are left out.
 *
 * Throws a RangeError unless lanes × bits = 128.
 */
export function assemble(program: LaneProgram): Uint8Array<ArrayBuffer> {
  const lanes = 128 / program.bits;
  if (program.lanes !== lanes) throw new RangeError(`lanes: expected ${lanes} lanes of ${program.bits} bits in a WebAssembly vector, found ${program.lanes}`);
  const code = codeWriter(1);
  programCode(program, code, 0);
  return new Uint8Array([
    ...header,
    ...section("types", oneOf(functionFromInt32ToNothing)),
    ...section("imports", oneOf([...name("env"), ...name("memory"), ...memoryOfAnySize])),
    ...section("functions", oneOf([0])),
    ...section("exports", oneOf([...name("run"), ...firstFunction])),
    ...section("code", oneOf(sized(code.finish())))
  ]);
}
