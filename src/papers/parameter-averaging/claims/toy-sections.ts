/** The anchors of the page's sections on objectives of one and two weights. */
export const toySections = {
  smoothing: "noise-makes-sgd-descend-a-smoother-objective",
  distance: "with-one-point-convexity-the-average-is-nearer-the-smoothed-minimiser-than-sgd",
  bounds: "the-bounds-hold-the-criterion-made-of-them-does-not",
  selection: "averages-leave-the-sharp-well-at-smaller-steps-than-the-smoothed-objective-says",
  overshoot: "small-steps-overshoot-the-smoothed-minimiser"
} as const;
