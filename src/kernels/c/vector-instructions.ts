import type {LaneBits} from "../lane-arithmetic.ts";

/** The body of a helper that is one instruction of x86, and the condition of the preprocessor under which it is. */
interface VectorInstruction {
  readonly condition: string;
  readonly body: string;
}

/** What gcc does not find by itself in the general body of a helper. */
interface VectorInstructions {
  /** Products of the low 32 bits of each 64. */
  readonly multiplyLowHalves?: VectorInstruction;
  readonly any?: VectorInstruction;
  readonly gather?: VectorInstruction;
}

const instruction = (extension: string, name: string, body: (name: string) => string): VectorInstruction => ({
  condition: `defined(__${extension}__) && __has_builtin(${name})`,
  body: body(name)
});

const gatherOf512 = (bits: LaneBits, name: string): VectorInstruction =>
  instruction("AVX512F", name, (builtin) => `return (real)${builtin}((real){0}, at, (${bits === 32 ? "integers" : "long_integers"})offsets, -1, 1);`);

const gatherOf256 = (bits: LaneBits, name: string): VectorInstruction =>
  instruction("AVX2", name, (builtin) => `return (real)${builtin}((real){0}, (const one_real *)at, (${bits === 32 ? "integers" : "long_integers"})offsets, (real)~(word){0}, 1);`);

/** The helpers that have an instruction in vectors of `bytes` bytes. */
export function vectorInstructions(bits: LaneBits, bytes: number): VectorInstructions {
  switch (bytes) {
    case 16:
      return {
        multiplyLowHalves: instruction("SSE2", "__builtin_ia32_pmuludq128", (name) => `return (pairs)${name}((integers)a, (integers)b);`),
        any: instruction("SSE4_1", "__builtin_ia32_ptestz128", (name) => `return !${name}((long_integers)m, (long_integers)m);`)
      };
    case 32:
      return {
        multiplyLowHalves: instruction("AVX2", "__builtin_ia32_pmuludq256", (name) => `return (pairs)${name}((integers)a, (integers)b);`),
        any: instruction("AVX", "__builtin_ia32_ptestz256", (name) => `return !${name}((long_integers)m, (long_integers)m);`),
        gather: gatherOf256(bits, bits === 32 ? "__builtin_ia32_gathersiv8sf" : "__builtin_ia32_gatherdiv4df")
      };
    case 64:
      return {
        multiplyLowHalves: instruction("AVX512F", "__builtin_ia32_pmuludq512_mask", (name) => `return (pairs)${name}((integers)a, (integers)b, (long_integers){0}, -1);`),
        any: instruction("AVX512F", "__builtin_ia32_ptestmd512", (name) => `return ${name}((integers)m, (integers)m, -1) != 0;`),
        gather: gatherOf512(bits, bits === 32 ? "__builtin_ia32_gathersiv16sf" : "__builtin_ia32_gatherdiv8df")
      };
    default:
      return {};
  }
}

/** The body of a helper: the instruction where there is one, else the general body. */
export function printBody(instruction: VectorInstruction | undefined, general: string): string {
  const indented = general.replaceAll(/^/gm, "  ");
  return instruction === undefined ? indented : `#if ${instruction.condition}\n  ${instruction.body}\n#else\n${indented}\n#endif`;
}
