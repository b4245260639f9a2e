/* xoshiro128++ and xoshiro256++ in every lane, and Box-Muller pairs from them, contraction off.
   The angle lies in an eighth of the circle on either side of an axis; one bit of its word swaps sine and cosine,
   another gives both their sign, which covers the circle. Polynomials interpolate at Chebyshev nodes. */
#ifndef NORMALS_H
#define NORMALS_H
#include "lanes.h"

typedef struct { u32 a, b, c, d; } generator_32;
typedef struct { u64 a, b, c, d; } generator_64;

#define ROTATE(x, k, bits) (((x) << (k)) | ((x) >> ((bits) - (k))))

static inline u32 next_32(generator_32 *g) {
  u32 word = ROTATE(g->a + g->d, 7, 32) + g->a, t = g->b << 9;
  g->c ^= g->a;
  g->d ^= g->b;
  g->b ^= g->c;
  g->a ^= g->d;
  g->c ^= t;
  g->d = ROTATE(g->d, 11, 32);
  return word;
}

static inline u64 next_64(generator_64 *g) {
  u64 word = ROTATE(g->a + g->d, 23, 64) + g->a, t = g->b << 17;
  g->c ^= g->a;
  g->d ^= g->b;
  g->b ^= g->c;
  g->a ^= g->d;
  g->c ^= t;
  g->d = ROTATE(g->d, 45, 64);
  return word;
}

#if BYTES == 64
static inline f32 select_32(u32 word, f32 set, f32 clear) {
  return (f32)_mm512_mask_blend_ps(
      _mm512_test_epi32_mask((__m512i)word, _mm512_set1_epi32(2)), (__m512)clear, (__m512)set);
}
static inline f64 select_64(u64 word, f64 set, f64 clear) {
  return (f64)_mm512_mask_blend_pd(
      _mm512_test_epi64_mask((__m512i)word, _mm512_set1_epi64(2)), (__m512d)clear, (__m512d)set);
}
#else
static inline f32 select_32(u32 word, f32 set, f32 clear) {
  u32 mask = (u32)((i32)(word << 30) >> 31);
  return (f32)(((u32)set & mask) | ((u32)clear & ~mask));
}
static inline f64 select_64(u64 word, f64 set, f64 clear) {
  u64 mask = (u64)((word & 2) != 0);
  return (f64)(((u64)set & mask) | ((u64)clear & ~mask));
}
#endif

/* -2 log u for u in (0, 1] */
static inline f32 twice_information_32(f32 u) {
#if BYTES == 64
  __m512 m = _mm512_getmant_ps((__m512)u, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src), one = _mm512_set1_ps(1.0f);
  __m512 e = _mm512_getexp_ps((__m512)u);
  f32 t = (f32)m - 1.0f, exponent = (f32)_mm512_mask_add_ps(e, _mm512_cmp_ps_mask(m, one, _CMP_LT_OQ), e, one);
#else
  i32 k = (i32)u - 0x3f400000;
  f32 t = (f32)((k & 0x7fffff) + 0x3f400000) - 1.0f, exponent = __builtin_convertvector(k >> 23, f32);
#endif
  f32 p = t * -0.10590212792158127f + 0.2391365021467209f;
  p = p * t - 0.29945793747901917f;
  p = p * t + 0.33671391010284424f;
  p = p * t - 0.3995806574821472f;
  p = p * t + 0.4998583197593689f;
  p = p * t - 0.6666700839996338f;
  p = p * t + 1.0000014305114746f;
  p = p * t - 2.0f;
  return p * t + exponent * -1.3862943611198906f;
}

static inline f64 twice_information_64(f64 u) {
  i64 k = (i64)u - 0x3fe6a09e667f3bcdll;
  f64 t = (f64)((k & 0xfffffffffffffll) + 0x3fe6a09e667f3bcdll) - 1.0;
  f64 s = t / (t + 2.0), y = s * s;
  f64 p = y * -0.2961942072131055 - 0.3062505629672838;
  p = p * y - 0.36367263360458657;
  p = p * y - 0.44444394113452096;
  p = p * y - 0.5714285752128336;
  p = p * y - 0.7999999999860468;
  p = p * y - 1.333333333333353;
  p = p * y - 4.0;
  return p * s + exponent_64(k >> 52) * -1.3862943611198906;
}

static inline void normal_pair_32(generator_32 *g, f32 *first, f32 *second) {
  f32 radius = root_32(twice_information_32(open_uniform_32(next_32(g))));
  u32 word = next_32(g);
  f32 v = signed_uniform_32(word), y = v * v;
  f32 sine = y * -3.595429006963968e-05f + 0.0024900068528950214f;
  sine = sine * y - 0.08074543625116348f;
  sine = (sine * y + 0.7853981852531433f) * v;
  f32 cosine = y * -0.0003188774862792343f + 0.01584991067647934f;
  cosine = cosine * y - 0.3084242641925812f;
  cosine = cosine * y + 1.0f;
  radius = (f32)((u32)radius ^ (word << 31));
  *first = radius * select_32(word, sine, cosine);
  *second = radius * select_32(word, cosine, sine);
}

static inline void normal_pair_64(generator_64 *g, f64 *first, f64 *second) {
  f64 radius = root_64(twice_information_64(open_uniform_64(next_64(g))));
  u64 word = next_64(g);
  f64 v = signed_uniform_64(word), y = v * v;
  f64 sine = y * 6.877360573166326e-12 - 1.7571500746983935e-09;
  sine = sine * y + 3.133616225433416e-07;
  sine = sine * y - 3.657620415891387e-05;
  sine = sine * y + 0.002490394570188844;
  sine = sine * y - 0.08074551218828054;
  sine = (sine * y + 0.7853981633974483) * v;
  f64 cosine = y * -3.8581890073416675e-13 + 1.1500512028217341e-10;
  cosine = cosine * y - 2.4611364033652597e-08;
  cosine = cosine * y + 3.590860446027952e-06;
  cosine = cosine * y - 0.00032599188692673765;
  cosine = cosine * y + 0.01585434424381542;
  cosine = cosine * y - 0.30842513753404244;
  cosine = cosine * y + 1.0;
  radius = (f64)((u64)radius ^ (word << 63));
  *first = radius * select_64(word, sine, cosine);
  *second = radius * select_64(word, cosine, sine);
}

static inline uint64_t split_mix(uint64_t z) {
  z += 0x9e3779b97f4a7c15ull;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

static inline generator_32 seeded_32(uint64_t seed, uint64_t first_replica) {
  generator_32 g;
  uint64_t key = split_mix(seed);
  for (int lane = 0; lane < LANES_32; lane++) {
    uint64_t p = split_mix(key + 2 * (first_replica + lane)), q = split_mix(key + 2 * (first_replica + lane) + 1);
    g.a[lane] = (uint32_t)p;
    g.b[lane] = (uint32_t)(p >> 32);
    g.c[lane] = (uint32_t)q;
    g.d[lane] = (uint32_t)(q >> 32);
  }
  return g;
}

static inline generator_64 seeded_64(uint64_t seed, uint64_t first_replica) {
  generator_64 g;
  uint64_t key = split_mix(seed);
  for (int lane = 0; lane < LANES_64; lane++) {
    uint64_t base = key + 4 * (first_replica + lane);
    g.a[lane] = split_mix(base);
    g.b[lane] = split_mix(base + 1);
    g.c[lane] = split_mix(base + 2);
    g.d[lane] = split_mix(base + 3);
  }
  return g;
}
#endif
