import type {Spec} from "./kept-look.js";
import type {Datasets} from "./kept-datasets.js";

type Rows = {readonly table: string; readonly field: string};

/**
 * Orders rows that stand as they first appear in the data (`sort: null`) by the figure's own data sets, with the rows
 * that only a kept run has at their places among them, whatever is drawn first.
 *
 * @param table the data set of layers that name none. @param kept names of the data sets of kept runs.
 */
export function withMergedRowOrder(spec: Spec, table: string, datasets: Datasets, kept: ReadonlySet<string>): Spec {
  const rows = rowsOf(spec, table);
  if (rows.length === 0) return spec;
  const valuesOf = ({table: name, field}: Rows): readonly unknown[] => (datasets[name] ?? []).map((row) => row[field]).filter((value) => value !== null && value !== undefined);
  const order = [...new Set(rows.filter((entry) => !kept.has(entry.table)).flatMap(valuesOf))];
  for (const entry of rows.filter(({table: name}) => kept.has(name))) insert(order, valuesOf(entry));
  return sorted(spec, order) as Spec;
}

/** Puts the values that an order lacks behind those that they follow. */
function insert(order: unknown[], values: readonly unknown[]): void {
  let place = 0;
  for (const value of values) {
    const known = order.indexOf(value);
    if (known < 0) order.splice(place, 0, value);
    place = (known < 0 ? place : known) + 1;
  }
}

function rowsOf(spec: Spec, around: string): readonly Rows[] {
  const table = ((spec.data as Spec | undefined)?.name as string | undefined) ?? around;
  const y = (spec.encoding as Spec | undefined)?.y;
  const own = isUnsorted(y) && typeof y.field === "string" ? [{table, field: y.field}] : [];
  const parts = ["layer", "concat", "hconcat", "vconcat"].flatMap((key) => (Array.isArray(spec[key]) ? (spec[key] as readonly Spec[]) : []));
  return [...own, ...parts.flatMap((part) => rowsOf(part, table))];
}

function isUnsorted(channel: unknown): channel is Spec {
  return typeof channel === "object" && channel !== null && (channel as Spec).sort === null && (channel as {readonly scale?: Spec}).scale?.domain === undefined;
}

function sorted(spec: Spec, order: readonly unknown[]): Spec {
  const parts = ["layer", "concat", "hconcat", "vconcat"].filter((key) => Array.isArray(spec[key]));
  const encoding = spec.encoding as Spec | undefined;
  return {
    ...spec,
    ...(isUnsorted(encoding?.y) ? {encoding: {...encoding, y: {...encoding.y, sort: order}}} : {}),
    ...Object.fromEntries(parts.map((key) => [key, (spec[key] as readonly Spec[]).map((part) => sorted(part, order))]))
  };
}
