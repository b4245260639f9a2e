/** How one role looks in every figure; colours are CSS variables, so light, dark and paper follow the page's style. */
export type Role = {
  readonly color: string;
  readonly strokeWidth: number;
  readonly strokeDash: readonly number[];
  readonly shape: string;
};

const role = (name: string, strokeWidth: number, strokeDash: readonly number[], shape: string): Role => ({
  color: `var(--figure-${name})`,
  strokeWidth,
  strokeDash,
  shape
});

/**
 * The fixed look of what the report compares, the same on every page; width, dash and shape repeat what colour says.
 * `prediction` is the paper's, `reference` this project's exact solution, `measured` a run of SGD itself, `diffusion` a
 * simulated stochastic differential equation, `rival` a law that the paper contradicts, `control` a negative control.
 */
export const roles = {
  prediction: role("prediction", 3.5, [], "circle"),
  reference: role("reference", 1.1, [], "circle"),
  measured: role("measured", 1.75, [], "circle"),
  diffusion: role("diffusion", 1.75, [], "triangle-up"),
  rival: role("rival", 2, [7, 4], "diamond"),
  control: role("control", 1.5, [2, 3], "square")
} as const satisfies Readonly<Record<string, Role>>;

/** The name of a role, such as `prediction`. */
export type RoleName = keyof typeof roles;

const shapes = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"] as const;
const dashes = [[], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3]] as const;

/** The most series that one figure tells apart. */
export const maximumSeries = shapes.length;

/** The look of up to six series, in the order of their names. */
export type SeriesScale = {
  readonly domain: readonly (string | number)[];
  readonly colors: readonly string[];
  readonly shapes: readonly string[];
  readonly dashes: readonly (readonly number[])[];
};

/**
 * Gives each of up to six series a colour, a shape and a dash. Series of an `ordered` quantity (a dimension, a step size)
 * get shades of one ramp, spread over its whole length; others get colours that differ for every kind of colour vision.
 *
 * @throws when there are more series than can be told apart.
 */
export function seriesScale(domain: readonly (string | number)[], {ordered = false} = {}): SeriesScale {
  const count = domain.length;
  if (count === 0 || count > maximumSeries) throw new Error(`expected 1 to ${maximumSeries} series, found ${count}`);
  const step = count === 1 ? 0 : (maximumSeries - 1) / (count - 1);
  const rank = (index: number) => (ordered ? Math.round(index * step) : index) + 1;
  return {
    domain,
    colors: domain.map((_name, index) => `var(--figure-${ordered ? "ordered" : "series"}-${rank(index)})`),
    shapes: shapes.slice(0, count),
    dashes: dashes.slice(0, count)
  };
}
