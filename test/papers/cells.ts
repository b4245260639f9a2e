import assert from "node:assert/strict";
import type {CellContext, Experiment, ExperimentContext} from "../../src/papers/experiment.ts";

type Rows = readonly (readonly unknown[])[];

/** Changed parameters with the cells that read them: their names after the change, all that match, or none for []. */
export interface CellChange<P> {
  readonly change: Partial<P>;
  readonly affects: readonly string[] | RegExp;
}

/**
 * Asserts that cells have names of their own and read plain JSON, and that a
 * change of parameters is read by exactly the cells said: by all others
 * nothing else is read than before. A cell that is new counts as affected;
 * numbers of replicas do not count.
 */
export function assertCells<P extends object, C, R, Inputs extends Rows>(experiment: Experiment<P, C, R, Inputs>, parameters: P, changes: readonly CellChange<P>[]): void {
  const cellsAt = (change: Partial<P>) => {
    const cells = experiment.cells({...parameters, ...change});
    assert.equal(new Set(cells.map(({name}) => name)).size, cells.length, "names of their own");
    for (const {name, reads, rows} of cells) assert.deepEqual([reads, rows ?? null], JSON.parse(JSON.stringify([reads, rows ?? null])), `plain JSON in ${name}`);
    return new Map(cells.map(({name, reads, imageSets = [], rows = null}) => [name, JSON.stringify(sorted({reads, imageSets, rows}))]));
  };
  const before = cellsAt({});
  for (const {change, affects} of changes) {
    const after = cellsAt(change);
    const affected = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
    const expected = affects instanceof RegExp ? [...after.keys()].filter((name) => affects.test(name)) : affects;
    assert.deepEqual(affected, expected, JSON.stringify(change));
  }
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted) : value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)])) : value;

/**
 * Asserts that every cell with replicas gives, run range by range in ranges of
 * each size, the rows of all of them at once, bit for bit, and that half of
 * the replicas are the first half.
 */
export async function assertRanges<P, C, R, Inputs extends Rows>(experiment: Experiment<P, C, R, Inputs>, parameters: P, context: ExperimentContext & Partial<Pick<CellContext, "images">>, {sizes = [1, 7, 50], inputs = [] as unknown as Inputs}: {readonly sizes?: readonly number[]; readonly inputs?: Inputs} = {}): Promise<void> {
  const images: CellContext["images"] = (set) => assert.fail(`image set ${set}`);
  const cells = experiment.cells(parameters).filter(({replicas}) => replicas !== undefined);
  assert.ok(cells.length > 0, "no cell has replicas");
  for (const {name, reads, replicas} of cells) {
    const run = (first: number, count: number) => experiment.run(reads, {images, ...context, replicas: {first, count}}, inputs);
    const whole = await run(0, replicas!);
    for (const size of new Set([...sizes, Math.ceil(replicas! / 2)])) {
      const joined: R[] = [];
      for (let first = 0; first < replicas!; first += size) joined.push(...(await run(first, Math.min(size, replicas! - first))));
      assert.deepEqual(joined, whole, `${name} in ranges of ${size}`);
    }
  }
}
