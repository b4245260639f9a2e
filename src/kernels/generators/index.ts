/**
 * The random numbers of ensembles.
 *
 * Every replica has a generator of its own, on its own lane: xoshiro128++ in lanes of 32 bits, xoshiro256++ in lanes of
 * 64. It is started by one or two blocks of Philox4x32-10 on the replica's number, under a key that is a hash of
 * the ensemble's address, and then runs through the replica's life, a pair of normals or an index at a time. What a
 * replica draws depends on nothing else: not on its lane, the width of a vector, the block it is computed in, the
 * number of workers or their order, and replicas added later leave the earlier ones as they were.
 *
 * Why two generators: of those compared (Philox, Threefry, Squares, xoshiro), xoshiro costs least on vectors, about a
 * third of Philox, with no multiplication and four words of state in registers; it passes BigCrush. But its seeds must
 * be spread well, since nearby states give sequences that resemble each other for a while. Philox spreads any two
 * counters, costs ten rounds, and costs them once a replica. Philox alone would let any step be reached without those
 * before it; no experiment needs that, and it would make a step of an ensemble 1.25 to 1.6 times dearer.
 */
export { philox4x32 } from "./philox.ts";
export type { Block } from "./philox.ts";
export { seedReplica } from "./seed-replica.ts";
export { nextWord, xoshiro128plusplus, xoshiro256plusplus } from "./xoshiro.ts";
export type { XoshiroState, XoshiroStep } from "./xoshiro.ts";
