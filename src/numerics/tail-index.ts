/**
 * Tail index `α` of a stationary law, `P(|X| > t) ~ t^(-α)`, or why there is none. The top Lyapunov exponent is
 * the growth rate of `log|X|` far from the origin, per step.
 */
export type TailIndex =
  | {
      readonly kind: "power law";
      readonly index: number;
      readonly lyapunovExponent: number;
      /** What is left of the discretisation, where there is one that is refined: estimated by halving its step. */
      readonly error?: number;
    }
  /** Nothing expands: the stationary law has all moments, the index is infinite. */
  | { readonly kind: "no power law"; readonly index: number; readonly lyapunovExponent: number; readonly reason: string }
  /** The top Lyapunov exponent is not negative: there is no stationary law. */
  | { readonly kind: "not stationary"; readonly index: undefined; readonly lyapunovExponent: number; readonly reason: string };
