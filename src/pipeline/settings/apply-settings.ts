import type {z} from "zod";
import {ParameterError, explain, knownNames, nearest, pathText, show} from "../parameter-faults.ts";
import {settingText} from "./setting.ts";
import type {Setting} from "./setting.ts";

type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === "object" && !Array.isArray(value);

/** `value` with what stands at the setting's path replaced. */
function put(value: unknown, setting: Setting, schema: z.ZodType, done: Path = []): unknown {
  const [key, ...rest] = setting.path.slice(done.length);
  if (key === undefined) return setting.value;
  const path = [...done, key];
  const refuse = (text: string): never => {
    throw new ParameterError(`${settingText(setting)}: ${text}`);
  };
  if (Array.isArray(value)) {
    if (typeof key === "string") return refuse(`expected an index such as [0] after ${pathText(done)}, found .${pathText([key])}`);
    if (key >= value.length) return refuse(value.length === 0 ? `expected no index, ${pathText(done)} is []` : `expected an index from 0 to ${value.length - 1}, found ${key}`);
    return value.map((entry, i) => (i === key ? put(entry, setting, schema, path) : entry));
  }
  if (!isObject(value)) return refuse(`expected nothing after ${pathText(done)}, which is ${show(value)}`);
  const known = knownNames(schema, done);
  if (typeof key === "number") return refuse(`expected a name after ${pathText(done)}, one of ${known.join(", ")}, found [${key}]`);
  if (rest.length > 0 && !Object.hasOwn(value, key)) return refuse(known.includes(key) ? `expected ${pathText(path)} set whole, for there is none yet` : `${pathText(path)}: unknown name${nearest(key, known)}`);
  return {...value, [key]: put(value[key], setting, schema, path)};
}

/** How many keys two paths have in common from their beginning. */
function shared(a: readonly PropertyKey[], b: readonly PropertyKey[]): number {
  const differs = a.findIndex((key, i) => key !== b[i]);
  return differs < 0 ? a.length : differs;
}

/**
 * Lays the settings of one paper, in order, over its parameters and checks the result as
 * a parameter file is checked.
 *
 * @param schema of `value`
 * @throws ParameterError with the setting, path, what was expected and what was found
 */
export function applySettings<S extends z.ZodObject>(schema: S, value: z.output<S>, settings: readonly Setting[]): z.output<S> {
  const changed = settings.reduce<unknown>((before, setting) => put(before, setting, schema), value);
  const checked = schema.safeParse(changed);
  if (checked.success) return checked.data;
  const where = (path: readonly PropertyKey[]): string => {
    const [cause] = [...settings].sort((a, b) => shared(path, b.path) - shared(path, a.path));
    const itself = cause!.path.length === path.length && shared(path, cause!.path) === path.length;
    return itself ? settingText(cause!) : `${settingText(cause!)}: ${pathText(path)}`;
  };
  throw new ParameterError(explain(checked.error.issues, changed, schema, where));
}
