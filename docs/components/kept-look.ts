/** Part of a Vega-Lite specification. */
export type Spec = Readonly<Record<string, unknown>>;

/** How the marks of a kept run look: lighter than the shown run's, lines and edges dashed and small marks hollow, by the run's place among those compared. */
export type KeptLook = {readonly lineDash: readonly number[]; readonly outlineDash: readonly number[]; readonly opacity: number};

const lineDashes = [[4, 3], [1.5, 2.5], [9, 3, 2, 3]] as const;
const outlineDashes = [[], [2, 1.5], [5, 1.5]] as const;

/** The look of the run at a place among those compared. */
export function keptLook(place: number): KeptLook {
  return {lineDash: lineDashes[place % lineDashes.length]!, outlineDash: outlineDashes[place % outlineDashes.length]!, opacity: 0.75};
}

const strokedMarks = new Set(["line", "rule", "trail"]);
const smallMarks = new Set(["point", "circle", "square", "tick"]);
const colorChannels = ["stroke", "fill", "color"] as const;
const replacedChannels = new Set<string>([...colorChannels, "fillOpacity", "strokeDash"]);

/**
 * A unit specification with the look of a kept run, or undefined where it has no place in an overlay: words that follow
 * a curve name it, and do so once. Words at a fixed place of a row stand for a value that is missing, and stay.
 *
 * Lines keep their colour and become thin and dashed, points, bars and areas hollow. Colours by series become
 * conditions on the row rather than a second scale, which could not be reconciled with the figure's own.
 *
 * @param unit a specification with a mark. @param inherited the encoding of the layers around it.
 * @param run its name, for the tooltip of marks that show no row, and how it looks.
 */
export function withKeptLook(unit: Spec, inherited: Spec, run: {readonly name: string; readonly look: KeptLook; readonly rowOffset: number}): Spec | undefined {
  const mark: Spec = typeof unit.mark === "string" ? {type: unit.mark} : (unit.mark as Spec);
  const encoding: Spec = {...inherited, ...(unit.encoding as Spec | undefined)};
  const type = String(mark.type);
  const isText = type === "text";
  if (isText && !(isRow(encoding) && isPlaced(encoding.x))) return undefined;
  const isStroked = strokedMarks.has(type);
  const channels = isStroked ? colorChannels : (["fill", "color", "stroke"] as const);
  const {name, look} = run;
  const {value, fields} = colorOf(mark, encoding, channels);
  const kept = Object.fromEntries(Object.entries(encoding).filter(([channel]) => !replacedChannels.has(channel)));
  const outline = isText ? {fill: value} : {stroke: value, ...(isStroked ? {} : {fill: {value: type === "point" ? "var(--figure-paper)" : "transparent"}})};
  const {fill: _fill, stroke: _stroke, color: _color, fillOpacity: _opacity, ...bare} = mark;
  const rowMark = isRow(encoding) ? {yOffset: Number(mark.yOffset ?? 0) + run.rowOffset} : {};
  const stroke = isText ? {fontStyle: "italic"} : {strokeWidth: isStroked ? Math.min(1.25, Number(mark.strokeWidth ?? 1.25)) : 1.25, strokeDash: smallMarks.has(type) ? look.outlineDash : look.lineDash};
  const size = type === "tick" ? {size: 0.6 * Number(mark.size ?? 20)} : {};
  const detail = fields.length === 0 ? {} : {detail: [...listOf(encoding.detail), ...fields.map((field) => ({field, type: "nominal"}))]};
  const intensity = encoding.fillOpacity === undefined ? {} : {strokeOpacity: encoding.fillOpacity};
  const tooltip = mark.tooltip === undefined && encoding.tooltip === undefined ? {tooltip: {value: `kept run ${name}`}} : {};
  return {
    mark: {...bare, ...stroke, ...rowMark, ...size, opacity: look.opacity * Number(mark.opacity ?? 1), clip: true},
    encoding: {...kept, ...outline, ...intensity, ...detail, ...tooltip}
  };
}

const isPlaced = (channel: unknown): boolean => typeof channel === "object" && channel !== null && ("datum" in channel || "value" in channel);
const isRow = ({y}: Spec): boolean => typeof y === "object" && y !== null && ["nominal", "ordinal"].includes(String((y as Spec).type));
const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The colour of a mark as one channel without a scale, and the fields that told its series apart. */
function colorOf(mark: Spec, encoding: Spec, channels: readonly (typeof colorChannels)[number][]): {readonly value: unknown; readonly fields: readonly string[]} {
  const grouping = [...channels, "strokeDash"].flatMap((channel) => {
    const field = (encoding[channel] as Spec | undefined)?.field;
    return typeof field === "string" ? [field] : [];
  });
  const fields = [...new Set(grouping)];
  for (const channel of channels) {
    if (encoding[channel] !== undefined) return {value: withoutScale(encoding[channel] as Spec), fields};
    if (mark[channel] !== undefined && mark[channel] !== "transparent") return {value: {value: mark[channel]}, fields};
  }
  return {value: {value: "var(--figure-ink)"}, fields};
}

/** A channel by a scale of given domain and range as conditions on the row; any other as it is. */
function withoutScale(channel: Spec): Spec {
  const {domain, range} = (channel.scale ?? {}) as {readonly domain?: readonly unknown[]; readonly range?: readonly unknown[]};
  if (typeof channel.field !== "string" || !Array.isArray(domain) || !Array.isArray(range)) return channel;
  const value = `datum[${JSON.stringify(channel.field)}]`;
  const condition = domain.map((name, i) => ({test: `${value} === ${JSON.stringify(name)}`, value: range[i % range.length]}));
  return {condition, value: "var(--figure-ink)"};
}

/** Filters that keep the rows which a unit's logarithmic axes can show: a kept run may have values at or below 0 where the figure has none. */
export function logarithmicFilters(encoding: Spec): readonly Spec[] {
  const isLogarithmic = (channel: unknown): boolean => ((channel as {readonly scale?: Spec} | undefined)?.scale ?? {}).type === "log";
  const channels = [...(isLogarithmic(encoding.x) ? ["x", "x2"] : []), ...(isLogarithmic(encoding.y) ? ["y", "y2"] : [])];
  return channels.flatMap((channel) => {
    const field = (encoding[channel] as Spec | undefined)?.field;
    return typeof field === "string" ? [{filter: `datum[${JSON.stringify(field)}] > 0`}] : [];
  });
}
