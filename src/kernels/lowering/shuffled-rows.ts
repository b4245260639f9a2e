import {uniformIndex} from "../functions/index.ts";
import type {Lane, LaneBuilder} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {load32, product, sum} from "../scalar.ts";
import type {ScalarLike} from "../scalar.ts";

/** Rows drawn without replacement, for each lane by a shuffle of Fisher and Yates that goes on from pass to pass. */
export interface ShuffledRows {
  /** The next row of every lane, chosen by a uniform word. */
  nextRow(word: Lane): Lane;
  /** Starts lane number `lane` afresh, its rows in their order. */
  reset(lane: ScalarLike): void;
  /** Starts the count of the lanes afresh for which `mask` holds, or of all. */
  resetCounts(mask?: Lane): void;
  /** Runs `draws` so that only lanes for which `mask` holds take rows. */
  advancing(mask: Lane, draws: () => void): void;
}

/**
 * Shuffled rows in memory at `passes`, int32 row by row with one column a
 * lane. Draw number c takes k = c mod N, exchanges the rows at k and at
 * k + ⌊word (N − k) / 2³²⌋, and gives the one that is now at k.
 */
export function shuffledRows(builder: LaneBuilder, {passes, rowCount, rows, cells}: {readonly passes: Scalar; readonly rowCount: Scalar; readonly rows: Lane; readonly cells: Scalar}): ShuffledRows {
  const {lanes, laneBytes, elementBytes} = builder;
  const taken = builder.variable("word");
  const takes = builder.variable("mask");
  let isMasked = false;
  const whereTaken = (after: Lane, before: Lane) => (isMasked ? builder.selectWord(builder.read(takes), after, before) : after);
  const lane = builder.counter();
  const at = (row: ScalarLike, lane: ScalarLike) => sum(passes, product(row, 4 * lanes), product(lane, 4));
  const [firstCell, secondCell, resultCell] = [0, 1, 2].map((cell) => sum(cells, cell * laneBytes)) as [Scalar, Scalar, Scalar];
  const ofLane = (cell: Scalar) => sum(cell, product(lane, elementBytes));
  return {
    nextRow(word) {
      const first = builder.read(taken);
      builder.store(firstCell, first);
      builder.store(secondCell, whereTaken(builder.addWords(first, uniformIndex(builder, word, builder.subtractWords(rows, first))), first));
      builder.store(resultCell, builder.word(0n));
      builder.for(lane, {op: "constant", value: 0}, {op: "constant", value: lanes}, 1, () => {
        const [here, there] = [at(load32(ofLane(firstCell)), lane), at(load32(ofLane(secondCell)), lane)];
        builder.store32(ofLane(resultCell), load32(there));
        builder.store32(there, load32(here));
        builder.store32(here, load32(ofLane(resultCell)));
      });
      const next = builder.addWords(first, builder.word(1n));
      builder.set([taken, whereTaken(builder.selectWord(builder.equalWords(next, rows), builder.word(0n), next), first)]);
      return builder.load("word", resultCell);
    },
    reset(lane) {
      const row = builder.counter();
      builder.for(row, {op: "constant", value: 0}, rowCount, 1, () => builder.store32(at(row, lane), {op: "counter", counter: row}));
    },
    resetCounts(mask) {
      builder.set([taken, mask === undefined ? builder.word(0n) : builder.selectWord(mask, builder.word(0n), builder.read(taken))]);
    },
    advancing(mask, draws) {
      builder.set([takes, mask]);
      isMasked = true;
      draws();
      isMasked = false;
    }
  };
}
