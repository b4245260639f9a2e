/** A smooth objective of one weight. */
export interface LineObjective {
  readonly value: (w: number) => number;
  /** First derivative. */
  readonly gradient: (w: number) => number;
  /** Second derivative. */
  readonly curvature: (w: number) => number;
}
