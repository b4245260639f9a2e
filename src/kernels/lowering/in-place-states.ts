import {inputsOf, isLooped} from "../region.ts";
import type {Region} from "../region.ts";
import {loopLength, schedule} from "../schedule.ts";
import type {Graph} from "../dynamics.ts";
import type {Value} from "../value.ts";

/**
 * The new values that may be stored over the old state as they are computed,
 * with the state's name: long vectors whose old coordinates nothing reads after
 * the loop that computes the new ones.
 */
export function inPlaceStates(region: Region, step: Graph): ReadonlyMap<Value, string> {
  const placements = schedule(region);
  const values = Object.values(step);
  return new Map(
    Object.entries(step).flatMap(([name, value]) => {
      const placement = placements.get(value);
      if (!isLooped(value) || placement?.inLoop !== true || values.filter((other) => other === value).length > 1) return [];
      const readers = region.values.filter((user) => inputsOf(user).some(({operation}) => operation.op === "state" && operation.name === name));
      const safe = readers.every((reader) => {
        const other = placements.get(reader)!;
        return other.level < placement.level || (other.level === placement.level && (!other.inLoop || loopLength(reader) === loopLength(value)));
      });
      const keptElsewhere = values.some(({operation}) => operation.op === "state" && operation.name === name);
      return safe && !keptElsewhere ? [[value, name] as const] : [];
    })
  );
}
