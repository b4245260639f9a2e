import {z} from "zod";
import {ParameterError, explain} from "./parameter-faults.ts";
import {parseParameters} from "./parse-parameters.ts";

/** The experiments of a paper, each with the schema of its parameters. */
export type ParameterSections = Readonly<Record<string, z.ZodObject>>;

/** The presets that a parameter file defines. */
export const presets = ["quick", "full"] as const;
export type Preset = (typeof presets)[number];

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

/**
 * Reads the text of a parameter file and returns the parameters of every
 * experiment under `preset`.
 *
 * `full` is laid over `quick` name by name: an array is replaced whole.
 * @throws ParameterError with file, line, column, path, what was expected and
 *   what was found, for each of up to 20 faults.
 */
export function resolveParameters<S extends ParameterSections>(source: string, file: string, sections: S, preset: Preset): {readonly seed: number; readonly sections: {readonly [K in keyof S]: z.output<S[K]>}} {
  const {value, place} = parseParameters(source, file);
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
    const issues = whole.error.issues.map((issue) => ({...issue, path: ["full", name, ...issue.path]}));
    throw new ParameterError(explain(issues, {full: {[name]: section}}, schema, place));
  });
  return {seed, sections: Object.fromEntries(full) as {readonly [K in keyof S]: z.output<S[K]>}};
}
