import {distance} from "fastest-levenshtein";
import {z} from "zod";

/** Raised for anything a person can mend in a parameter file or a setting; `message` has a line for each fault. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

/** Most faults that one message names. */
const mostFaults = 20;

/** A value found where another was expected, in at most 60 characters. */
export const show = (value: unknown): string => {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value) ?? String(value);
  const short = json.length > 60 ? `${json.slice(0, 57)}…` : json;
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "string" ? `${short} (text)` : short;
};

/** A path into parameters as it is written: `tailTrends.stepSizes[1]`; names longer than `longest` characters are cut. */
export function pathText(path: readonly PropertyKey[], longest = 60): string {
  const keyText = (key: string): string => {
    const short = key.length > longest ? `${key.slice(0, longest - 3)}…` : key;
    return /^[\w$-]+$/.test(key) ? short : JSON.stringify(short);
  };
  return path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? keyText(String(key)) : `${text}.${keyText(String(key))}`), "");
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner !== null && typeof inner === "object" && Object.hasOwn(inner, key) ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value);
}

/** The names that an object at a path may have; of every alternative where there are several. */
export function knownNames(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const alternatives = (type: unknown): readonly unknown[] => (type instanceof z.ZodOptional ? alternatives(type.unwrap()) : type instanceof z.ZodUnion ? type.options.flatMap(alternatives) : [type]);
  const below = (type: unknown, key: PropertyKey): readonly unknown[] => (type instanceof z.ZodObject ? alternatives(type.shape[String(key)]) : type instanceof z.ZodArray ? alternatives(type.element) : []);
  const found = path.reduce((types, key) => types.flatMap((type) => below(type, key)), alternatives(schema));
  return [...new Set(found.flatMap((type) => (type instanceof z.ZodObject ? Object.keys(type.shape) : [])))];
}

/** What to say after a name that is unknown: the known one nearest to it, or all of them. */
export function nearest(name: string, names: readonly string[]): string {
  const ranked = names.map((known) => ({known, edits: distance(name.slice(0, 80), known)})).sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= Math.max(2, best.known.length / 2) ? `: did you mean ${best.known}?` : `: expected one of ${names.filter((known) => known !== "$schema").join(", ")}`;
}

const expectation = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case "too_small":
      return issue.origin === "array" || issue.origin === "string" ? `at least ${issue.minimum} ${issue.origin === "array" ? "entries" : "characters"}` : `a number ${issue.inclusive === false ? "greater than" : "of at least"} ${issue.minimum}`;
    case "too_big":
      return issue.origin === "array" || issue.origin === "string" ? `at most ${issue.maximum} ${issue.origin === "array" ? "entries" : "characters"}` : `a number ${issue.inclusive === false ? "less than" : "of at most"} ${issue.maximum}`;
    case "invalid_type":
      return `${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected === "int" ? "integer" : issue.expected}`.replace("an int ", "an integer ");
    case "invalid_value":
      return issue.values.length === 1 ? JSON.stringify(issue.values[0]) : `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_union":
      return "options" in issue && issue.options !== undefined ? `one of ${issue.options.map((value) => JSON.stringify(value)).join(", ")}` : issue.message;
    default:
      return issue.message;
  }
};

/** The faults of an issue; of a value that fits no alternative, those of the alternative that knows its names and fits it furthest. */
function faultsOf(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const strange = (issues: readonly z.core.$ZodIssue[]): number => issues.filter(({code}) => code === "unrecognized_keys").length;
  const [closest] = [...issue.errors].sort((a, b) => strange(a) - strange(b) || (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0));
  return closest!.flatMap((inner) => faultsOf({...inner, path: [...issue.path, ...inner.path]}));
}

/**
 * What a value breaks of its schema, a line for each fault: where it is, what
 * was expected, what was found.
 *
 * @param where what to say of the place of a path, the path with it
 */
export function explain(issues: readonly z.core.$ZodIssue[], value: unknown, schema: z.ZodType, where: (path: readonly PropertyKey[]) => string): string {
  const lines = issues.slice(0, mostFaults).flatMap(faultsOf).flatMap((fault) => {
    if (fault.code === "unrecognized_keys") return fault.keys.slice(0, mostFaults).map((key) => `${where([...fault.path, key])}: unknown name${nearest(key, knownNames(schema, fault.path))}`);
    return [`${where(fault.path)}: expected ${expectation(fault)}, found ${show(at(value, fault.path))}`];
  });
  return [...new Set(lines)].slice(0, mostFaults).join("\n");
}
