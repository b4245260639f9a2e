import type {CodeWriter, Local} from "./code-writer.ts";
import type {GatherAddresses} from "./gather-addresses.ts";
import type {Gather, GatherGroup} from "./gather-groups.ts";
import type {LaneLocals} from "./lane-locals.ts";
import {sourceOf} from "./placement.ts";
import type {ScalarCode} from "./scalar-code.ts";

/** Writes gathers of `lanes` lanes. */
export interface GatherCode {
  /** Pushes, in each lane, the real at address + offsets[lane]. */
  push(gather: Gather): void;
  /** Sets the locals of a group of neighbours: loads of two elements of a row, then transposed. */
  set(group: GatherGroup): void;
}

/** The gathers of a function whose vectors have `lanes` lanes. */
export function gatherCode(lanes: number, code: CodeWriter, scalars: ScalarCode, locals: LaneLocals, addresses: GatherAddresses): GatherCode {
  const placeOf = ({operation}: Gather) => {
    const {base, offset} = scalars.split(operation.address);
    return {offset, rows: addresses.of(sourceOf(operation.offsets), base)};
  };
  /** Sets `to` to the 32-bit lanes of two vectors, 0 to 3 of `a` and 4 to 7 of `b`. */
  const shuffle = (to: Local, a: Local, b: Local, order: readonly number[]) => {
    code.get(a);
    code.get(b);
    code.shuffle(order.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)));
    code.set(to);
  };
  const loadRow = (to: Local, row: Local, offset: number) => {
    code.get(row);
    code.access("v128.load", offset);
    code.set(to);
  };
  const loadHalves = (to: Local, low: Local, high: Local, offset: number) => {
    code.get(high);
    code.get(low);
    code.access("v128.load64_zero", offset);
    code.access("v128.load64_lane", offset, 1);
    code.set(to);
  };
  const setPair = (x: Local, y: Local, rows: readonly Local[], offset: number) => {
    const [a, b] = [locals.temporary(), locals.temporary()];
    if (lanes === 2) {
      loadRow(a, rows[0], offset);
      loadRow(b, rows[1], offset);
      shuffle(x, a, b, [0, 1, 4, 5]);
      return shuffle(y, a, b, [2, 3, 6, 7]);
    }
    loadHalves(a, rows[0], rows[1], offset);
    loadHalves(b, rows[2], rows[3], offset);
    shuffle(x, a, b, [0, 2, 4, 6]);
    shuffle(y, a, b, [1, 3, 5, 7]);
  };
  return {
    push(gather) {
      const {rows, offset} = placeOf(gather);
      rows.toReversed().forEach((row) => code.get(row));
      code.access(lanes === 4 ? "v128.load32_zero" : "v128.load64_zero", offset);
      for (let lane = 1; lane < lanes; lane++) code.access(lanes === 4 ? "v128.load32_lane" : "v128.load64_lane", offset, lane);
    },
    set(group) {
      const {rows, offset} = placeOf(group[0]);
      const [x, y] = group.map(locals.assign);
      setPair(x, y, rows, offset);
    }
  };
}
