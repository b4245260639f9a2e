import type {Claim} from "../../../verdicts/index.ts";

/** The margins of every claim of this paper, unless its rule says otherwise: 3 % counts as equal, 35 % as approximate. */
export const margins = {equivalent: 0.03, tolerated: 0.35} as const;

/** Completes a claim of this paper; `section` is the anchor of its evidence on the paper's page. */
export function claimOf({id, section, ...rest}: Omit<Claim, "paper" | "href"> & {readonly section: string}): Claim {
  return {...rest, id: `power-law-escape.${id}`, paper: "power-law-escape", href: `power-law-escape#${section}`};
}

/** A number with three significant digits, for explanations. */
export const digits = (value: number, count = 3): string => {
  const rounded = Number(value.toPrecision(count));
  const text = Math.abs(rounded) >= 1e5 || (rounded !== 0 && Math.abs(rounded) < 1e-3) ? rounded.toExponential(count - 1) : String(rounded);
  return text.replaceAll("-", "−");
};

/** A relative difference as a signed percentage. */
export const percent = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(100 * value).toFixed(1)} %`;

/** A p-value for an explanation, with its sign: `p = 0.12`, `p < 0.001`. */
export const pText = (value: number): string => (value < 0.001 ? "p < 0.001" : `p = ${digits(value, 2)}`);
