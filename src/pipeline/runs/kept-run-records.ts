import {checkName} from "../names.ts";
import {nearest} from "../parameter-faults.ts";
import {checkRunName} from "../store/index.ts";
import type {Store} from "../store/index.ts";
import {checkRunRecord} from "./run-record.ts";
import type {RunRecord} from "./run-record.ts";

const isGiven = (name: string): boolean => {
  try {
    return checkRunName(name) === name;
  } catch {
    return false;
  }
};

/**
 * The runs of a store that a person named, sorted by name. One that is no
 * record of this version is left out, with a warning.
 */
export function keptRunRecords(store: Pick<Store, "runs">, warn: (message: string) => void): readonly RunRecord[] {
  const records = store.runs().filter(({name}) => isGiven(name)).flatMap((kept) => {
    try {
      return [checkRunRecord(kept, `run ${kept.name}`)];
    } catch (error) {
      warn(`${(error as Error).message}; it is left out`);
      return [];
    }
  });
  return records.sort((a, b) => (a.name! < b.name! ? -1 : 1));
}

/**
 * The kept run `name`, the last run of a preset included.
 * @throws RangeError for what is no name, before a file is read; where there is none, with the nearest name or all of them; for a record that cannot be read
 */
export function openRun(store: Pick<Store, "run" | "runs">, name: string): RunRecord {
  checkName(name, "run");
  const quoted = JSON.stringify(name);
  const names = store.runs().map((run) => run.name).sort();
  if (!names.includes(name)) throw new RangeError(`run: ${names.length === 0 ? `expected a kept run, and none is kept, found ${quoted}` : `unknown name ${quoted}${nearest(name, names)}`}`);
  return checkRunRecord(store.run(name), `run ${name}`);
}
