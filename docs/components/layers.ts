import type {Quantity} from "./axes.js";
import {roles} from "./roles.js";
import type {Role, RoleName, SeriesScale} from "./roles.js";

/** One layer of a figure in Vega-Lite's form. */
export type Layer = Readonly<Record<string, unknown>>;

/** What every layer is told: where along the axes, in which role, and of which table if the figure has several. */
export type LayerOptions = {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly role: RoleName;
  readonly from?: string;
  /** The column that tells series apart and their look; without it there is one series in the role's colour. */
  readonly series?: {readonly field: string; readonly scale: SeriesScale};
};

/** A curve through the rows in the order of x, one for each series. */
export function line({x, y, role, from, series}: LayerOptions): Layer {
  const {strokeWidth} = roles[role];
  return {
    ...table(from),
    mark: {type: "line", strokeWidth, clip: true},
    encoding: {x, y, ...look(roles[role], series, ["stroke", "strokeDash"])}
  };
}

/** Paths that may turn back: through the rows in the order of the column `order`, one for each value of `by`. */
export function trajectories({order, ...options}: Omit<LayerOptions, "series"> & {readonly by: string; readonly order: string}): Layer {
  const layer = curves(options);
  return {...layer, encoding: {...(layer.encoding as Layer), order: {field: order, type: "quantitative"}}};
}

/** Curves of one look, one for each value of the column `by`, such as the same law at several dimensions. */
export function curves({by, ...options}: Omit<LayerOptions, "series"> & {readonly by: string}): Layer {
  const layer = line(options);
  const {strokeDash} = roles[options.role];
  return {...layer, mark: {...(layer.mark as Layer), strokeDash}, encoding: {...(layer.encoding as Layer), detail: {field: by, type: "nominal"}}};
}

/** Measured points with their intervals: a vertical line from column `low` to column `high` behind each point. */
export function pointsWithIntervals(options: LayerOptions & {readonly low: string; readonly high: string}): Layer {
  const {x, y, role, from, series, low, high} = options;
  const interval = {
    mark: {type: "rule", strokeWidth: 1.75},
    encoding: {x, y: {...y, field: low}, y2: {field: high}, ...look(roles[role], series, ["stroke"])}
  };
  return {...table(from), layer: [interval, points({x, y, role, ...(series === undefined ? {} : {series})})]};
}

/** Points alone; hovering one shows its row. */
export function points({x, y, role, from, series}: LayerOptions): Layer {
  return {
    ...table(from),
    mark: {type: "point", stroke: "var(--figure-paper)", strokeWidth: 1, opacity: 1, tooltip: {content: "data"}},
    encoding: {x, y, ...look(roles[role], series, ["fill", "shape"])}
  };
}

/** A shaded band from column `low` to column `high`. */
export function band({x, y, role, from, series, low, high}: LayerOptions & {readonly low: string; readonly high: string}): Layer {
  return {
    ...table(from),
    mark: {type: "area", fillOpacity: 0.16, clip: true},
    encoding: {x, y: {...y, field: low}, y2: {field: high}, ...look(roles[role], series, ["fill"])}
  };
}

/**
 * Names each curve where it ends (at its largest x), in place of a legend.
 *
 * @param label the words for one curve, or the column that holds them for each series.
 * @param inside puts the words above the curve's end rather than after it, where the width is dear.
 */
export function endLabels(options: LayerOptions & {readonly label: string | {readonly field: string}; readonly inside?: boolean; readonly dy?: number}): Layer {
  const {x, y, role, from, series, label, inside = false, dy = 0} = options;
  const last = "largest x of the series";
  const groupby = series === undefined ? [] : [series.field];
  const place = inside ? {align: "right", baseline: "bottom", dx: 0, dy: dy - 8} : {align: "left", baseline: "middle", dx: 7, dy};
  return {
    ...table(from),
    transform: [
      {joinaggregate: [{op: "max", field: x.field, as: last}], groupby},
      {filter: `datum[${JSON.stringify(x.field)}] === datum[${JSON.stringify(last)}]`}
    ],
    mark: {type: "text", fontWeight: 500, ...place},
    encoding: {
      x,
      y,
      text: typeof label === "string" ? {value: label} : {field: label.field, type: "nominal"},
      ...look(roles[role], series, ["fill"])
    }
  };
}

/**
 * A small right-angled triangle that shows a slope on two logarithmic axes: from `at`, `decades` to the right, then
 * up or down by `slope` decades a decade, with the slope written at its upright side.
 */
export function slopeTriangle({x, y, at, slope, decades = 0.3, label}: {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly at: readonly [number, number];
  readonly slope: number;
  readonly decades?: number;
  readonly label?: string;
}): Layer {
  const [left, base] = at;
  const right = left * 10 ** decades;
  const top = base * 10 ** (slope * decades);
  const corners = [[left, base], [right, base], [right, top], [left, base]];
  const encoding = {x: {...x, field: "x"}, y: {...y, field: "y"}};
  const color = "var(--figure-quiet)";
  return {
    layer: [
      {
        data: {values: corners.map(([cornerX, cornerY], order) => ({x: cornerX, y: cornerY, order}))},
        mark: {type: "line", stroke: color, strokeWidth: 1, strokeJoin: "round"},
        encoding: {...encoding, order: {field: "order", type: "quantitative"}}
      },
      {
        data: {values: [{x: right, y: Math.sqrt(base * top)}]},
        mark: {type: "text", align: "left", baseline: "middle", dx: 4, fill: color, fontSize: 11},
        encoding: {...encoding, text: {value: label ?? `slope ${Number(slope.toPrecision(3))}`}}
      }
    ]
  };
}

/** A level line across the figure at a value of y, such as a predicted exponent or a ratio of one. */
export function level({y, value, role}: {readonly y: Quantity; readonly value: number; readonly role: RoleName}): Layer {
  const {color, strokeWidth, strokeDash} = roles[role];
  return {
    data: {values: [{y: value}]},
    mark: {type: "rule", stroke: color, strokeWidth, strokeDash},
    encoding: {y: {...y, field: "y"}}
  };
}

/** A level line across the figure at each row's value of y, such as a reference that moves with parameters. */
export function levels({y, role, from}: {readonly y: Quantity; readonly role: RoleName; readonly from: string}): Layer {
  const {color, strokeWidth, strokeDash} = roles[role];
  return {...table(from), mark: {type: "rule", stroke: color, strokeWidth, strokeDash}, encoding: {y}};
}

function table(from: string | undefined): Layer {
  return from === undefined ? {} : {data: {name: from}};
}

type LookChannel = "stroke" | "fill" | "shape" | "strokeDash";

/** The channels that tell what a mark is: one value for a role alone, a scale over the series otherwise. */
function look(role: Role, series: LayerOptions["series"], channels: readonly LookChannel[]): Layer {
  const {color, shape, strokeDash} = role;
  const values = {stroke: color, fill: color, shape, strokeDash};
  if (series === undefined) return Object.fromEntries(channels.map((channel) => [channel, {value: values[channel]}]));
  const {domain, colors, shapes, dashes} = series.scale;
  const ranges = {stroke: colors, fill: colors, shape: shapes, strokeDash: dashes};
  const scaled = (channel: LookChannel) => ({field: series.field, type: "nominal", legend: null, scale: {domain, range: ranges[channel]}});
  return Object.fromEntries(channels.map((channel) => [channel, scaled(channel)]));
}
