import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {commands, options, presets, shells} from "./commands.mjs";

const attempt = (operation, otherwise) => {
  try {
    return operation();
  } catch {
    return otherwise;
  }
};

const named = (folder, ending) => attempt(() => readdirSync(folder), []).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));

/** The newest description that a run left beside the store, or nothing of it. */
function lastDescription(root) {
  const folder = join(root, ".cache", "store", "descriptions");
  const files = named(folder, ".json").map((name) => join(folder, `${name}.json`));
  const [newest] = files.map((path) => ({path, time: attempt(() => statSync(path).mtimeMs, 0)})).sort((a, b) => b.time - a.time);
  return (newest && attempt(() => JSON.parse(readFileSync(newest.path, "utf8").slice(65)), undefined)) ?? {tables: {}, parameters: {}};
}

function tableWords(root) {
  const {tables} = lastDescription(root);
  const ofPapers = Object.values(tables).flatMap(({paper, section}) => (paper ? [paper, `${paper}.${section}`] : []));
  return [...named(join(root, "loaders"), ".arrow.ts"), ...Object.keys(tables), ...ofPapers];
}

const runNames = (root) => named(join(root, ".cache", "store", "runs"), ".json");

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const mostEntries = 30;

/** What may follow in a setting: paths one step further, each name that ends a path with "=", and after that the value as it is. */
function settings(root, current) {
  const {parameters} = lastDescription(root);
  const flat = Object.fromEntries(Object.entries(parameters).map(([paper, {seed, sections}]) => [paper, {seed, ...sections}]));
  const end = current.indexOf("=");
  const written = end < 0 ? current : current.slice(0, end);
  const steps = [...written.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  const at = (keys) => keys.reduce((value, key) => (value !== null && typeof value === "object" && Object.hasOwn(value, key) ? value[key] : undefined), flat);
  if (end >= 0) {
    const value = at(steps);
    return value === undefined ? [] : [`${written}=${JSON.stringify(value)}`];
  }
  const last = Math.max(written.lastIndexOf("."), written.lastIndexOf("["));
  const before = written.slice(0, Math.max(0, last));
  const around = at([...before.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index)));
  if (Array.isArray(around)) return around.slice(0, mostEntries).map((value, i) => `${before}[${i}]${isObject(value) ? "." : "="}`);
  if (!isObject(around)) return [];
  return Object.entries(around).flatMap(([name, value]) => {
    const path = before === "" ? name : `${before}.${name}`;
    return isObject(value) ? [`${path}.`] : Array.isArray(value) ? [`${path}=`, `${path}[`] : [`${path}=`];
  });
}

/** Everything that a value of a kind may be, as far as the last run knows. */
function valuesOf(kind, root, current) {
  switch (kind) {
    case "preset":
      return presets;
    case "shell":
      return shells;
    case "setting":
      return settings(root, current);
    case "table":
      return tableWords(root);
    case "run":
      return [...runNames(root), "latest"];
    case "named run":
      return runNames(root).filter((name) => !name.startsWith("latest-"));
    default:
      return [];
  }
}

const flagOf = (name) => options[name].flags.split(" ")[0];
const takesValue = (name) => options[name].flags.includes("<");

/**
 * The words that may stand in the place of the last of `words`, which is begun or empty.
 * Nothing where only a person knows, or the shell knows better, as of files.
 */
export function candidatesOf(root, words) {
  const current = words.at(-1) ?? "";
  const beginning = (candidates) => [...new Set(candidates)].filter((candidate) => candidate.startsWith(current)).sort();
  if (words.length <= 1) return beginning([...commands.map(({name}) => name), "help", "--help"]);
  const command = commands.find(({name}) => name === words[0]);
  if (command === undefined) return words[0] === "help" && words.length === 2 ? beginning(commands.map(({name}) => name)) : [];
  const optionOf = (flag) => command.options.find((name) => flagOf(name) === flag);
  const before = words.length < 3 ? undefined : optionOf(words.at(-2));
  if (before !== undefined && takesValue(before)) return beginning(valuesOf(options[before].values, root, current));
  const [, flag, value] = /^(--[a-z-]+)=(.*)$/s.exec(current) ?? [];
  const given = flag === undefined ? undefined : optionOf(flag);
  if (given !== undefined) return beginning(valuesOf(options[given].values, root, value).map((candidate) => `${flag}=${candidate}`));
  if (current.startsWith("-")) return beginning([...command.options.map(flagOf), "--help"]);
  return beginning(command.argument === undefined ? [] : valuesOf(command.argument.values, root, current));
}
