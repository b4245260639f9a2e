import type {LaneBits} from "../lane-arithmetic.ts";
import {printBody, vectorInstructions} from "./vector-instructions.ts";

const list = (lanes: number, entry: (lane: number) => string): string => Array.from({length: lanes}, (_, lane) => entry(lane)).join(", ");

/**
 * The types and helpers on which the C of a program stands: vectors of
 * `lanes` lanes in the extension that gcc and clang share, without a header
 * of intrinsics, which would take longer to read than a kernel to compile.
 */
export function printSupport(bits: LaneBits, lanes: number): string {
  const bytes = (bits / 8) * lanes;
  const number = bits === 32 ? "float" : "double";
  const suffix = bits === 32 ? "f" : "";
  const instructions = vectorInstructions(bits, bytes);
  const everyLane = (expression: string) => `for (int lane = 0; lane < ${lanes}; lane++) ${expression};`;
  return `#pragma STDC FP_CONTRACT OFF
#if defined(__clang__)
#pragma clang fp contract(off)
#elif defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi"
/* Interleaves the long chains of dependent operations: a tenth faster. */
#pragma GCC optimize("schedule-insns", "sched-pressure")
#endif
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "a kernel's memory is little-endian"
#endif
#ifndef __has_builtin
#define __has_builtin(name) 0
#endif

#include <stdint.h>

#define HELPER static inline __attribute__((always_inline))
#define LOOSE __attribute__((aligned(1), may_alias))

typedef ${number} one_real;
typedef uint${bits}_t one_word;
typedef one_real real __attribute__((vector_size(${bytes})));
typedef one_word word __attribute__((vector_size(${bytes})));
typedef int${bits}_t mask __attribute__((vector_size(${bytes})));
typedef int integers __attribute__((vector_size(${bytes})));
typedef long long long_integers __attribute__((vector_size(${bytes})));
typedef uint64_t pairs __attribute__((vector_size(${bytes})));
typedef one_real loose_one_real LOOSE;
typedef one_word loose_one_word LOOSE;
typedef uint32_t loose_32 LOOSE;
typedef real loose_real LOOSE;
typedef word loose_word LOOSE;

HELPER real splat_real(one_real x) { return (real){${list(lanes, () => "x")}}; }
HELPER word splat_word(one_word x) { return (word){${list(lanes, () => "x")}}; }
HELPER word splat_integer(uint32_t x) { return splat_word((one_word)(int32_t)x); }
HELPER word lane_numbers(void) { return (word){${list(lanes, (lane) => `${lane}`)}}; }

HELPER uint32_t load32(const unsigned char *at) { return *(const loose_32 *)at; }
HELPER one_real load_one_real(const unsigned char *at) { return *(const loose_one_real *)at; }
HELPER one_word load_one_word(const unsigned char *at) { return *(const loose_one_word *)at; }
HELPER real load_real(const unsigned char *at) { return *(const loose_real *)at; }
HELPER word load_word(const unsigned char *at) { return *(const loose_word *)at; }
HELPER void store32(unsigned char *at, uint32_t x) { *(loose_32 *)at = x; }
HELPER void store_one_word(unsigned char *at, one_word x) { *(loose_one_word *)at = x; }
HELPER void store_word(unsigned char *at, word x) { *(loose_word *)at = x; }

HELPER real gather(const unsigned char *at, word offsets) {
${printBody(instructions.gather, `real result;
${everyLane("result[lane] = load_one_real(at + offsets[lane])")}
return result;`)}
}

HELPER word select_word(mask m, word a, word b) { return (word)((m & (mask)a) | (~m & (mask)b)); }
HELPER real select_real(mask m, real a, real b) { return (real)select_word(m, (word)a, (word)b); }
HELPER real minimum(real a, real b) { return select_real((mask)(b < a), b, a); }
HELPER real maximum(real a, real b) { return select_real((mask)(a < b), b, a); }

HELPER int any(mask m) {
${printBody(instructions.any, `one_word bits = 0;
${everyLane("bits |= (one_word)m[lane]")}
return bits != 0;`)}
}

HELPER real negate(real a) { return (real)((word)a ^ splat_word((one_word)1 << ${bits - 1})); }
HELPER real absolute(real a) { return (real)((word)a & splat_word(((one_word)1 << ${bits - 1}) - 1)); }

HELPER real square_root(real a) {
#if __has_builtin(__builtin_elementwise_sqrt)
  return __builtin_elementwise_sqrt(a);
#else
  real result;
  ${everyLane(`result[lane] = __builtin_sqrt${suffix}(a[lane])`)}
  return result;
#endif
}

HELPER pairs multiply_low_halves(pairs a, pairs b) {
${printBody(instructions.multiplyLowHalves, "return (a & 0xffffffffu) * (b & 0xffffffffu);")}
}

${
  bits === 32
    ? `HELPER word multiply_high(word a, word b) {
  const pairs even = multiply_low_halves((pairs)a, (pairs)b) >> 32;
  const pairs odd = multiply_low_halves((pairs)a >> 32, (pairs)b >> 32);
  return (word)(even | (odd & 0xffffffff00000000u));
}

HELPER real to_real(word a) { return __builtin_convertvector((mask)a, real); }`
    : `HELPER word multiply_high(word a, word b) { return (word)(multiply_low_halves((pairs)a, (pairs)b) >> 32); }

/* The bits of 1.5 * 2^52 + a are those of 1.5 * 2^52 plus a. */
HELPER real to_real(word a) { return (real)(a + 0x4338000000000000u) - 0x1.8p+52; }`
}
`;
}
