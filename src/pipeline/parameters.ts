import {distance} from "fastest-levenshtein";
import {createScanner, findNodeAtLocation, parseTree, printParseErrorCode} from "jsonc-parser";
import type {Node, ParseError} from "jsonc-parser";
import {z} from "zod";

/** The experiments of a paper, each with the schema of its parameters. */
export type ParameterSections = Readonly<Record<string, z.ZodObject>>;

/** The presets that a parameter file defines. */
export const presets = ["quick", "full"] as const;
export type Preset = (typeof presets)[number];

/** Raised for anything a person can mend in a parameter file; `message` has a line for each fault. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

const longestFile = 1_000_000;
const deepestNesting = 20;
const mostFaults = 20;

/** `-0` is 0; every other value must be an integer from 0 to 2^53 − 1. */
const seedSchema = z
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .transform((seed) => seed + 0)
  .describe("Master seed of every random stream of this paper; 0 is an ordinary seed");

/** Schema of a whole parameter file: `quick` is complete, `full` says only what differs. */
export function fileSchema(sections: ParameterSections) {
  const quick = z.strictObject(sections).describe("Runs in seconds: the default");
  const full = z
    .strictObject(Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, z.strictObject(section.shape).partial().optional()])))
    .describe("The paper's sample sizes: what it does not name is taken from quick");
  return z.strictObject({$schema: z.string().optional(), seed: seedSchema, quick, full});
}

/** Schemas of files by their sections: zod compiles a schema when it first parses with it. */
const compiled = new WeakMap<ParameterSections, ReturnType<typeof fileSchema>>();

/** JSON Schema of a parameter file, for completion and checks in an editor. */
export function jsonSchema(sections: ParameterSections): object {
  return z.toJSONSchema(fileSchema(sections), {io: "input", target: "draft-7"});
}

/** The offset at which objects and arrays are nested too deep to be parameters, or undefined. */
function tooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  for (let depth = 0; scanner.getPosition() < text.length; ) {
    scanner.scan();
    const token = text[scanner.getTokenOffset()];
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth > deepestNesting) return scanner.getTokenOffset();
  }
  return undefined;
}

/** The text's value with objects that have no prototype, and each node's place. */
function parse(source: string, file: string): {readonly value: unknown; readonly place: (path: readonly PropertyKey[]) => string} {
  if (source.length > longestFile) throw new ParameterError(`${file}: expected at most ${longestFile} characters, found ${source.length}`);
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  const lineAndColumn = (offset: number) => {
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    return `${file}:${before.length}:${before.at(-1)!.length + 1}`;
  };
  const deep = tooDeep(text);
  if (deep !== undefined) throw new ParameterError(`${lineAndColumn(deep)}: expected objects and arrays nested at most ${deepestNesting} deep, found one more`);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, {allowTrailingComma: true});
  if (errors.length > 0 || tree === undefined) {
    const error = errors[0];
    const found = error === undefined ? "" : `, found ${JSON.stringify(text.slice(error.offset, error.offset + 20).split(/\r?\n/)[0])}`;
    throw new ParameterError(`${lineAndColumn(error?.offset ?? 0)}: not valid JSON with comments: ${error === undefined ? "it is empty" : printParseErrorCode(error.error)}${found}`);
  }
  const place = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length--) {
      const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
      if (node !== undefined) return lineAndColumn(node.parent?.type === "property" ? node.parent.offset : node.offset);
    }
    return file;
  };
  const read = (node: Node, path: readonly PropertyKey[]): unknown => {
    if (node.type === "array") return (node.children ?? []).map((child, i) => read(child, [...path, i]));
    if (node.type !== "object") return node.value;
    const object: Record<string, unknown> = Object.create(null);
    for (const property of node.children ?? []) {
      const [key, value] = property.children as [Node, Node];
      const name = key.value as string;
      if (Object.hasOwn(object, name))
        throw new ParameterError(`${lineAndColumn(key.offset)} ${pathText([...path, name])}: expected each name once, found it twice`);
      object[name] = read(value, [...path, name]);
    }
    return object;
  };
  return {value: read(tree, []), place};
}

const show = (value: unknown): string => {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value) ?? String(value);
  const short = json.length > 60 ? `${json.slice(0, 57)}…` : json;
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "string" ? `${short} (text)` : short;
};

const keyText = (key: string): string => {
  const short = key.length > 60 ? `${key.slice(0, 57)}…` : key;
  return /^[\w$-]+$/.test(key) ? short : JSON.stringify(short);
};

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? keyText(String(key)) : `${text}.${keyText(String(key))}`), "");

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner !== null && typeof inner === "object" && Object.hasOwn(inner, key) ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value);
}

/** The names that an object at a path may have; of every alternative where there are several. */
function knownNames(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const alternatives = (type: unknown): readonly unknown[] => (type instanceof z.ZodOptional ? alternatives(type.unwrap()) : type instanceof z.ZodUnion ? type.options.flatMap(alternatives) : [type]);
  const below = (type: unknown, key: PropertyKey): readonly unknown[] => (type instanceof z.ZodObject ? alternatives(type.shape[String(key)]) : type instanceof z.ZodArray ? alternatives(type.element) : []);
  const found = path.reduce((types, key) => types.flatMap((type) => below(type, key)), alternatives(schema));
  return [...new Set(found.flatMap((type) => (type instanceof z.ZodObject ? Object.keys(type.shape) : [])))];
}

function nearest(name: string, names: readonly string[]): string {
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

function explain(issues: readonly z.core.$ZodIssue[], value: unknown, schema: z.ZodType, place: (path: readonly PropertyKey[]) => string): string {
  const lines = issues.slice(0, mostFaults).flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.slice(0, mostFaults).map((key) => `${place([...issue.path, key])} ${pathText([...issue.path, key])}: unknown name${nearest(key, knownNames(schema, issue.path))}`);
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const closest = [...issue.errors].sort((a, b) => (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0))[0]!;
      return closest.map((inner) => `${place([...issue.path, ...inner.path])} ${pathText([...issue.path, ...inner.path])}: expected ${expectation(inner)}, found ${show(at(value, [...issue.path, ...inner.path]))}`);
    }
    return [`${place(issue.path)} ${pathText(issue.path) || "(file)"}: expected ${expectation(issue)}, found ${show(at(value, issue.path))}`];
  });
  return [...new Set(lines)].slice(0, mostFaults).join("\n");
}

/**
 * Reads the text of a parameter file and returns the parameters of every
 * experiment under `preset`.
 *
 * `full` is laid over `quick` name by name: an array is replaced whole.
 * @throws ParameterError with file, line, column, path, what was expected and
 *   what was found, for each of up to 20 faults.
 */
export function resolveParameters<S extends ParameterSections>(source: string, file: string, sections: S, preset: Preset): {readonly seed: number; readonly sections: {readonly [K in keyof S]: z.output<S[K]>}} {
  const {value, place} = parse(source, file);
  const schema = compiled.get(sections) ?? fileSchema(sections);
  compiled.set(sections, schema);
  const checked = schema.safeParse(value);
  if (!checked.success) throw new ParameterError(explain(checked.error.issues, value, schema, place));
  const {seed, quick} = checked.data as {seed: number; quick: Record<string, object>};
  if (preset === "quick") return {seed, sections: quick as {readonly [K in keyof S]: z.output<S[K]>}};
  const written = value as Readonly<Record<Preset, Readonly<Record<string, object>>>>;
  const full = Object.keys(sections).map((name) => {
    const section = {...written.quick[name], ...written.full[name]};
    const whole = sections[name]!.safeParse(section);
    if (whole.success) return [name, whole.data] as const;
    const lines = whole.error.issues.map((issue) => `${place(["full", name, ...issue.path])} ${pathText(["full", name, ...issue.path])}: expected ${expectation(issue)}, found ${show(at(section, issue.path))}`);
    throw new ParameterError(lines.slice(0, mostFaults).join("\n"));
  });
  return {seed, sections: Object.fromEntries(full) as {readonly [K in keyof S]: z.output<S[K]>}};
}
