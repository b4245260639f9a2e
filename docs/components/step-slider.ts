/** What a reader chooses one of. */
export type StepSliderOptions = {
  /** The words before the slider. */
  readonly label: string;
  /** The values along the slider, from left to right. */
  readonly values: readonly number[];
  /** The value that it starts with; the middle one where absent. */
  readonly value?: number;
};

/**
 * A slider over given values, which need not be evenly spaced: an element for `view`, whose value is the chosen number.
 * It is an ordinary range input, so that arrow keys, Home and End move it, and it says the value and not its place.
 *
 * @throws when there is nothing to choose from.
 */
export function stepSlider({label, values, value}: StepSliderOptions): HTMLElement & {readonly value: number} {
  if (values.length === 0) throw new Error(`${label}: expected at least one value, found none`);
  const first = value === undefined ? values.length >> 1 : Math.max(0, values.indexOf(value));
  const form = document.createElement("form");
  form.className = "step-slider";
  form.addEventListener("submit", (event) => event.preventDefault());
  const name = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = label;
  const range = document.createElement("input");
  Object.assign(range, {type: "range", min: "0", max: String(values.length - 1), step: "1", value: String(first)});
  const shown = document.createElement("output");
  name.append(words, range);
  form.append(name, shown);
  const chosen = (): number => values[range.valueAsNumber]!;
  const say = () => {
    shown.textContent = String(chosen());
    range.setAttribute("aria-valuetext", String(chosen()));
  };
  range.addEventListener("input", say);
  say();
  return Object.defineProperty(form, "value", {get: chosen}) as HTMLFormElement & {readonly value: number};
}
