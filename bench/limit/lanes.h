/* Vectors of the widest registers of this processor, in the vector extensions of gcc and clang. */
#ifndef LANES_H
#define LANES_H
#include <immintrin.h>
#include <stdint.h>

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define BYTES 64
#elif defined(__AVX2__)
#define BYTES 32
#else
#define BYTES 16
#endif

typedef float f32 __attribute__((vector_size(BYTES)));
typedef uint32_t u32 __attribute__((vector_size(BYTES)));
typedef int32_t i32 __attribute__((vector_size(BYTES)));
typedef double f64 __attribute__((vector_size(BYTES)));
typedef uint64_t u64 __attribute__((vector_size(BYTES)));
typedef int64_t i64 __attribute__((vector_size(BYTES)));

enum { LANES_32 = BYTES / 4, LANES_64 = BYTES / 8 };

#if BYTES == 64
static inline f32 root_32(f32 x) { return (f32)_mm512_sqrt_ps((__m512)x); }
static inline f64 root_64(f64 x) { return (f64)_mm512_sqrt_pd((__m512d)x); }
#elif BYTES == 32
static inline f32 root_32(f32 x) { return (f32)_mm256_sqrt_ps((__m256)x); }
static inline f64 root_64(f64 x) { return (f64)_mm256_sqrt_pd((__m256d)x); }
#else
static inline f32 root_32(f32 x) { return (f32)_mm_sqrt_ps((__m128)x); }
static inline f64 root_64(f64 x) { return (f64)_mm_sqrt_pd((__m128d)x); }
#endif

/* u in (0, 1] with all 32 or 64 bits where the processor converts unsigned integers, 31 or 52 bits elsewhere. */
static inline f32 open_uniform_32(u32 w) {
#if BYTES == 64
  return __builtin_convertvector(w, f32) * 0x1p-32f + 0x1p-33f;
#else
  return __builtin_convertvector((i32)(w >> 1), f32) * 0x1p-31f + 0x1p-32f;
#endif
}

static inline f64 open_uniform_64(u64 w) {
#if BYTES == 64
  return __builtin_convertvector(w, f64) * 0x1p-64 + 0x1p-65;
#else
  return (f64)((w >> 12) | 0x3ff0000000000000ull) - (1.0 - 0x1p-53);
#endif
}

/* [-1, 1) */
static inline f32 signed_uniform_32(u32 w) { return __builtin_convertvector((i32)w, f32) * 0x1p-31f; }

static inline f64 signed_uniform_64(u64 w) {
#if BYTES == 64
  return __builtin_convertvector((i64)w, f64) * 0x1p-63;
#else
  return (f64)((w >> 12) | 0x4000000000000000ull) - 3.0;
#endif
}

static inline f64 exponent_64(i64 e) {
#if BYTES == 64
  return __builtin_convertvector(e, f64);
#else
  return (f64)(e + 0x4338000000000000ll) - 0x1.8p52;
#endif
}
#endif
