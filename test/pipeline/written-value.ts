/** A value as a parameter file writes it: able to hold what no JSON value can, such as a name twice. */
export type WrittenValue = {readonly names: [string, WrittenValue][]} | {readonly items: WrittenValue[]} | {readonly raw: string};

export type Path = readonly (string | number)[];

export function written(value: unknown): WrittenValue {
  if (Array.isArray(value)) return {items: value.map(written)};
  if (value === null || typeof value !== "object") return {raw: JSON.stringify(value)};
  return {names: Object.entries(value).map(([name, inner]) => [name, written(inner)])};
}

export function print(value: WrittenValue): string {
  if ("raw" in value) return value.raw;
  if ("items" in value) return `[${value.items.map(print).join(", ")}]`;
  return `{\n${value.names.map(([name, inner]) => `${JSON.stringify(name)}: ${print(inner)}`).join(",\n")}\n}`;
}

/** Every value inside `value` with its path. */
export function within(value: WrittenValue, path: Path = []): readonly (readonly [Path, WrittenValue])[] {
  const inner: (readonly [string | number, WrittenValue])[] = "names" in value ? value.names : "items" in value ? value.items.map((item, i) => [i, item] as const) : [];
  return [[path, value], ...inner.flatMap(([key, child]) => within(child, [...path, key]))];
}

/** `value` with the value at `path` changed by `change`. */
export function changed(value: WrittenValue, [key, ...rest]: Path, change: (value: WrittenValue) => WrittenValue): WrittenValue {
  if (key === undefined) return change(value);
  if ("items" in value) return {items: value.items.map((item, i) => (i === key ? changed(item, rest, change) : item))};
  if ("names" in value) return {names: value.names.map(([name, inner]) => [name, name === key ? changed(inner, rest, change) : inner])};
  return value;
}

export const pathText = (path: Path): string => path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`), "");
