import {uniformIndex} from "../functions/index.ts";
import {nextWord, seedReplica} from "../generators/index.ts";
import type {Binding} from "../kernel.ts";
import type {LaneArithmetic} from "../lane-arithmetic.ts";

/** The lanes of the interpreter: numbers for reals, numbers or bigints for words. */
export type NumberLanes<W> = LaneArithmetic<number, W, boolean>;

/** What belongs to one replica beside its state: its generator and its passes over tables. */
export interface Replica<W> {
  /** The next uniform word. */
  word(): W;
  /** The next row of the replica's pass over a table of `rows` rows. */
  nextRow(table: string, rows: number): number;
  /** The normal number that an even step keeps for the next. */
  kept: number;
}

/** Replica `number` of an ensemble, before its start. */
export function createReplica<W>(lanes: NumberLanes<W>, key: Binding["key"], number: number): Replica<W> {
  const word = (value: number) => lanes.word(BigInt(value));
  let generator = seedReplica(lanes, [word(key[0]), word(key[1])], word(number));
  const passes = new Map<string, {readonly rows: number[]; draws: number}>();
  const next = () => {
    const {output, state} = nextWord(lanes, generator);
    generator = state;
    return output;
  };
  return {
    kept: 0,
    word: next,
    nextRow(table, count) {
      const pass = passes.get(table) ?? {rows: Array.from({length: count}, (_, row) => row), draws: 0};
      passes.set(table, pass);
      const {rows} = pass;
      const here = pass.draws++ % count;
      const there = here + Number(uniformIndex(lanes, next(), word(count - here)));
      [rows[here], rows[there]] = [rows[there]!, rows[here]!];
      return rows[here]!;
    }
  };
}
