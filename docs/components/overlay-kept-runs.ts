import {keptLook, logarithmicFilters, withKeptLook} from "./kept-look.js";
import type {Spec} from "./kept-look.js";

/** A kept run to draw beneath a figure's own marks. */
export type Overlay = {
  readonly name: string;
  /** Its place among the runs that are compared. */
  readonly place: number;
  /** Its data sets, by the name of the figure's data set that each repeats; those that it does not have are not repeated. */
  readonly tables: Readonly<Record<string, string>>;
};

type Context = {readonly table: string | undefined; readonly transforms: readonly unknown[]; readonly encoding: Spec; readonly number: () => number};

/** The beginning of the names of a kept run's marks in a drawn figure. */
export function keptMarks(place: number): string {
  return `kept_run_${place}_layer`;
}

/** How far a kept run's marks stand below the shown run's in a row of their own, in CSS pixels. */
const rowStep = 5;

/**
 * Draws kept runs beneath a figure: every layer that has a data set of the figure is repeated with that of each run,
 * in a lighter look, before the figure's own layers. Axes and other scales are shared, so both run along the same ones,
 * and nothing of the figure's own changes. Layers whose data stand in the specification have nothing to repeat.
 *
 * @param spec a Vega-Lite specification: a unit, or layered, concatenated or repeated ones, to any depth.
 * @param table the data set of layers that name none.
 * @throws RangeError for a faceted specification, whose facets are of the figure's own data set.
 */
export function overlayKeptRuns(spec: Spec, table: string, overlays: readonly Overlay[]): Spec {
  let layers = 0;
  return overlays.length === 0 ? spec : overlay(spec, {table, transforms: [], encoding: {}, number: () => layers++}, overlays);
}

function overlay(spec: Spec, around: Context, overlays: readonly Overlay[]): Spec {
  if ("facet" in spec || ["row", "column", "facet"].some((channel) => channel in ((spec.encoding as Spec | undefined) ?? {}))) {
    throw new RangeError("kept runs cannot be drawn beneath facets: give each panel a specification of its own");
  }
  for (const key of ["concat", "hconcat", "vconcat"]) {
    if (Array.isArray(spec[key])) return {...spec, [key]: spec[key].map((part: Spec) => overlay(part, inside(spec, around), overlays))};
  }
  if ("repeat" in spec) return {...spec, spec: overlay(spec.spec as Spec, inside(spec, around), overlays)};
  const view: Spec = Array.isArray(spec.layer) ? spec : layered(spec);
  const context = inside(view, around);
  const repeated = [...overlays].reverse().flatMap((run) => (view.layer as readonly Spec[]).flatMap((layer) => repeat(layer, context, run)));
  return repeated.length === 0 ? spec : {...view, layer: [...repeated, ...(view.layer as readonly Spec[])]};
}

/** A unit as the only layer of a view. */
function layered({mark, encoding, transform, params, ...view}: Spec): Spec {
  const unit = Object.entries({transform, params, mark, encoding}).filter(([, part]) => part !== undefined);
  return {...view, layer: [Object.fromEntries(unit)]};
}

/** What the parts of a view take from it: its data set, what happens to that on the way, its encoding. */
function inside(view: Spec, {table, transforms, encoding, number}: Context): Context {
  const own = (view.transform as readonly unknown[] | undefined) ?? [];
  const isRepeated = view.data === undefined;
  return {
    table: isRepeated ? table : ((view.data as Spec).name as string | undefined),
    transforms: isRepeated ? [...transforms, ...own] : own,
    encoding: {...encoding, ...(view.encoding as Spec | undefined)},
    number
  };
}

/** The layers of one layer, its own layers' included, on the data of a kept run. */
function repeat(layer: Spec, around: Context, run: Overlay): readonly Spec[] {
  const context = inside(layer, around);
  if (Array.isArray(layer.layer)) return layer.layer.flatMap((part: Spec) => repeat(part, context, run));
  const data = context.table === undefined || !Object.hasOwn(run.tables, context.table) ? undefined : run.tables[context.table]!;
  if (data === undefined) return [];
  const {data: _data, transform: _transform, ...unit} = layer;
  const look = {name: run.name, look: keptLook(run.place), rowOffset: rowStep * (run.place + 1)};
  const kept = withKeptLook(unit, around.encoding, look);
  if (kept === undefined) return [];
  const transform = [...context.transforms, ...logarithmicFilters(kept.encoding as Spec)];
  return [{name: `${keptMarks(run.place)}_${context.number()}`, data: {name: data}, ...(transform.length === 0 ? {} : {transform}), ...kept}];
}
