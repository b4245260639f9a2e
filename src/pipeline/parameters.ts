import {z} from "zod";
import {ParameterError, explain, pathText} from "./parameter-faults.ts";
import {parseParameters} from "./parse-parameters.ts";
import {applySettings} from "./settings/index.ts";
import type {Setting} from "./settings/index.ts";

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

/** The parameters of every experiment of a paper, checked. */
export interface ResolvedParameters<S extends ParameterSections = ParameterSections> {
  readonly seed: number;
  readonly sections: {readonly [K in keyof S]: z.output<S[K]>};
}

/**
 * Reads the text of a parameter file and returns the parameters of every
 * experiment under `preset`.
 *
 * `full` is laid over `quick` name by name: an array is replaced whole. The
 * settings of the paper, if there are any, are laid over that and checked alike.
 * @throws ParameterError with file, line, column and path, or the setting, what
 *   was expected and what was found, for each of up to 20 faults.
 */
export function resolveParameters<S extends ParameterSections>(source: string, file: string, sections: S, preset: Preset, settings: readonly Setting[] = []): ResolvedParameters<S> {
  const {value, place} = parseParameters(source, file);
  const where = (path: readonly PropertyKey[]): string => `${place(path)} ${pathText(path) || "(file)"}`;
  const schema = compiled.get(sections) ?? fileSchema(sections);
  compiled.set(sections, schema);
  const checked = schema.safeParse(value);
  if (!checked.success) throw new ParameterError(explain(checked.error.issues, value, schema, where));
  const {seed, quick} = checked.data as {seed: number; quick: Record<string, Record<string, unknown>>};
  const written = value as Readonly<Record<Preset, Readonly<Record<string, object>>>>;
  const full = (name: string): Record<string, unknown> => {
    const section = {...written.quick[name], ...written.full[name]};
    const whole = sections[name]!.safeParse(section);
    if (whole.success) return whole.data;
    const issues = whole.error.issues.map((issue) => ({...issue, path: ["full", name, ...issue.path]}));
    throw new ParameterError(explain(issues, {full: {[name]: section}}, schema, where));
  };
  const resolved: ResolvedParameters = {seed, sections: preset === "quick" ? quick : Object.fromEntries(Object.keys(sections).map((name) => [name, full(name)]))};
  return (settings.length === 0 ? resolved : withSettings(resolved, sections, settings)) as ResolvedParameters<S>;
}

function withSettings(resolved: ResolvedParameters, sections: ParameterSections, settings: readonly Setting[]): ResolvedParameters {
  const schema = z.strictObject({seed: seedSchema, ...sections});
  const {seed, ...rest} = applySettings(schema, {seed: resolved.seed, ...resolved.sections}, settings);
  return {seed, sections: rest as ResolvedParameters["sections"]};
}
