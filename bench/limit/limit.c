/* The limit that native code is compared with: W1, W2, W3 and W5 written by hand, replicas in the lanes of vectors,
   generators in registers, state in registers or the first cache, two threads.
   Reads "workload dimension replicas steps seed" lines, answers {"seconds", "mean", "standardError"} lines.
   gcc -O3 -march=native -ffp-contract=off -fno-math-errno limit.c -lm -lpthread */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "normals.h"

enum { THREADS = 2, GREATEST_DIMENSION = 256, GROUPS_A_CLAIM = 4 };
#define INLINE static inline __attribute__((always_inline))

typedef struct run {
  int dimension, steps;
  long replicas, groups;
  uint64_t seed;
  double *values;
  void (*advance)(const struct run *, long group);
  atomic_long claimed;
} run;

static void store_32(const run *r, long group, f32 values) {
  for (int lane = 0; lane < LANES_32; lane++) r->values[group * LANES_32 + lane] = values[lane];
}

/* x <- (1 - gamma lambda) x + gamma sqrt(2 L lambda) xi, L = 1/2 + sum lambda x^2 / 2 */
INLINE void homogenized_sgd_of(const run *r, long group, int d) {
  float contraction[GREATEST_DIMENSION], noise[GREATEST_DIMENSION], half[GREATEST_DIMENSION];
  for (int i = 0; i < d; i++) {
    double eigenvalue = 1.0 / (i + 1);
    contraction[i] = (float)(1 - 0.1 * eigenvalue);
    noise[i] = (float)(0.1 * sqrt(2 * eigenvalue));
    half[i] = (float)(0.5 * eigenvalue);
  }
  generator_32 g = seeded_32(r->seed, group * LANES_32);
  f32 x[GREATEST_DIMENSION];
  for (int i = 0; i < d; i++) x[i] = (f32){0};
  f32 loss = (f32){0} + 0.5f, spare = (f32){0};
  for (int t = 0; t < r->steps; t++) {
    f32 scale = root_32(loss), z, w, v;
    loss = (f32){0} + 0.5f;
    int i = 0;
    if (d % 2 && t % 2) {
      v = contraction[0] * x[0] + scale * noise[0] * spare;
      x[0] = v;
      loss += half[0] * (v * v);
      i = 1;
    }
#pragma GCC unroll 5
    for (; i + 1 < d; i += 2) {
      normal_pair_32(&g, &z, &w);
      v = contraction[i] * x[i] + scale * noise[i] * z;
      x[i] = v;
      loss += half[i] * (v * v);
      v = contraction[i + 1] * x[i + 1] + scale * noise[i + 1] * w;
      x[i + 1] = v;
      loss += half[i + 1] * (v * v);
    }
    if (i < d) {
      normal_pair_32(&g, &z, &spare);
      v = contraction[i] * x[i] + scale * noise[i] * z;
      x[i] = v;
      loss += half[i] * (v * v);
    }
  }
  store_32(r, group, loss);
}

/* theta <- theta - gamma (theta . x - y) x */
INLINE void streaming_sgd_of(const run *r, long group, int d) {
  const float gamma = d >= 50 ? 0.01f : 0.1f;
  generator_32 g = seeded_32(r->seed, group * LANES_32);
  f32 theta[GREATEST_DIMENSION], sample[2 * GREATEST_DIMENSION + 2];
  for (int i = 0; i < d; i++) theta[i] = (f32){0};
  for (int t = 0; t < r->steps; t++) {
    const int odd = (d + 1) % 2 && t % 2;
    f32 *z = sample + (odd ? d + 1 : 0);
    if (!odd)
      for (int i = 0; i < ((d + 1) % 2 ? 2 * (d + 1) : d + 1); i += 2) normal_pair_32(&g, &sample[i], &sample[i + 1]);
    f32 first = -z[d], second = (f32){0};
    int i = 0;
    for (; i + 1 < d; i += 2) {
      first += theta[i] * z[i];
      second += theta[i + 1] * z[i + 1];
    }
    if (i < d) first += theta[i] * z[i];
    f32 pull = (first + second) * gamma;
    for (i = 0; i < d; i++) theta[i] -= pull * z[i];
  }
  f32 square = (f32){0};
  for (int i = 0; i < d; i++) square += theta[i] * theta[i];
  store_32(r, group, square);
}

/* Dimensions of the workloads get loops of known length. */
#define BY_DIMENSION(name)                              \
  static void name(const run *r, long group) {          \
    switch (r->dimension) {                             \
      case 1: name##_of(r, group, 1); break;            \
      case 2: name##_of(r, group, 2); break;            \
      case 5: name##_of(r, group, 5); break;            \
      case 10: name##_of(r, group, 10); break;          \
      case 50: name##_of(r, group, 50); break;          \
      default: name##_of(r, group, r->dimension);       \
    }                                                   \
  }
BY_DIMENSION(homogenized_sgd)
BY_DIMENSION(streaming_sgd)

/* x <- x - (x^3 - x) dt + sqrt(2 T dt) xi; a pair of normals serves two steps */
static void double_well(const run *r, long group) {
  const double dt = 0.01, amplitude = sqrt(2 * 0.25 * 0.01);
  generator_64 g = seeded_64(r->seed, group * LANES_64);
  f64 x = (f64){0} - 1.0, z, w;
  for (int t = 0; t < r->steps; t += 2) {
    normal_pair_64(&g, &z, &w);
    x = x - (x * x * x - x) * dt + amplitude * z;
    if (t + 1 < r->steps) x = x - (x * x * x - x) * dt + amplitude * w;
  }
  for (int lane = 0; lane < LANES_64; lane++) r->values[group * LANES_64 + lane] = x[lane] * x[lane];
}

static void *work(void *argument) {
  run *r = argument;
  long first;
  while ((first = atomic_fetch_add(&r->claimed, GROUPS_A_CLAIM)) < r->groups)
    for (long group = first; group < first + GROUPS_A_CLAIM && group < r->groups; group++) r->advance(r, group);
  return NULL;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void answer(run *r, int lanes) {
  pthread_t threads[THREADS];
  r->groups = (r->replicas + lanes - 1) / lanes;
  r->values = malloc(sizeof(double) * r->groups * lanes);
  double start = now();
  for (int i = 1; i < THREADS; i++) pthread_create(&threads[i], NULL, work, r);
  work(r);
  for (int i = 1; i < THREADS; i++) pthread_join(threads[i], NULL);
  double seconds = now() - start, mean = 0, square = 0;
  for (long i = 0; i < r->replicas; i++) mean += r->values[i] / r->replicas;
  for (long i = 0; i < r->replicas; i++) square += (r->values[i] - mean) * (r->values[i] - mean);
  free(r->values);
  printf("{\"seconds\":%.9g,\"mean\":%.17g,\"standardError\":%.17g}\n", seconds, mean,
         sqrt(square / (r->replicas - 1) / r->replicas));
  fflush(stdout);
}

int main(void) {
  char workload[8];
  run r = {0};
  while (scanf("%7s %d %ld %d %lu", workload, &r.dimension, &r.replicas, &r.steps, &r.seed) == 5) {
    atomic_store(&r.claimed, 0);
    r.advance = !strcmp(workload, "W3") ? streaming_sgd : !strcmp(workload, "W5") ? double_well : homogenized_sgd;
    if (!strchr("1235", workload[1]) || r.dimension < 1 || r.dimension > GREATEST_DIMENSION || r.replicas < 2) {
      printf("{\"error\":\"no limit for %s, dimension %d\"}\n", workload, r.dimension);
      fflush(stdout);
    } else {
      answer(&r, r.advance == double_well ? LANES_64 : LANES_32);
    }
  }
  return 0;
}
