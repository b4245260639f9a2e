import {pathText} from "../parameter-faults.ts";

/** A value that differs between two sets of parameters; a side without it has no such field. */
export interface ParameterChange {
  /** Where it stands: `tailTrends.stepSizes[1]`. */
  readonly path: string;
  readonly first?: unknown;
  readonly second?: unknown;
}

type Step = readonly [key: string | number, first: unknown, second: unknown];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === "object" && !Array.isArray(value);

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);

/** What stands inside of two values, side by side, or undefined where they are not of one kind. */
function inside(first: unknown, second: unknown): readonly Step[] | undefined {
  if (Array.isArray(first) && Array.isArray(second)) return Array.from({length: Math.max(first.length, second.length)}, (_, i): Step => [i, first[i], second[i]]);
  if (!isObject(first) || !isObject(second)) return undefined;
  const added = Object.keys(second).filter((key) => !Object.hasOwn(first, key));
  return [...Object.keys(first), ...added].map((key): Step => [key, own(first, key), own(second, key)]);
}

/**
 * The values that differ between two JSON values, each with its path, in the
 * order of `before` and then of what `after` adds. Arrays are compared entry by
 * entry; an object or array that only one side has is one change, and so are
 * two values of different kinds. −0 is 0; the order of names does not count.
 */
export function parameterChanges(before: unknown, after: unknown): readonly ParameterChange[] {
  const changes = (path: readonly (string | number)[], first: unknown, second: unknown): readonly ParameterChange[] => {
    if (first === second) return [];
    const steps = inside(first, second);
    if (steps !== undefined) return steps.flatMap(([key, ...values]) => changes([...path, key], ...values));
    return [{path: pathText(path, Infinity), ...(first === undefined ? {} : {first}), ...(second === undefined ? {} : {second})}];
  };
  return changes([], before, after);
}
