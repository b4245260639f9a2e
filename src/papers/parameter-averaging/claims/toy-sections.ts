/** The anchors of the page's sections on objectives of one and two weights. */
export const toySections = {
  smoothing: "noise-makes-sgd-descend-a-smoother-objective",
  distance: "the-average-is-nearer-the-smoothed-minimiser-at-every-step-size",
  bounds: "the-bounds-and-what-they-leave-out",
  selection: "which-well-the-average-selects",
  overshoot: "small-steps-overshoot-the-smoothed-minimiser"
} as const;
