import {cosine, exponential, hyperbolicTangent, logarithm, sine} from "../functions/index.ts";
import type {LaneArithmetic} from "../lane-arithmetic.ts";
import type {Operation} from "../value.ts";

/** What each elementwise operation means on one lane: reals `R`, truth values `M`. */
export function elementwise<R, W, M>(lanes: LaneArithmetic<R, W, M>): Readonly<Partial<Record<Operation["op"], (...operands: readonly never[]) => R | M>>> {
  return {
    neg: (a: R) => lanes.negate(a),
    abs: (a: R) => lanes.absolute(a),
    sqrt: (a: R) => lanes.squareRoot(a),
    exp: (a: R) => exponential(lanes, a),
    log: (a: R) => logarithm(lanes, a),
    sin: (a: R) => sine(lanes, a),
    cos: (a: R) => cosine(lanes, a),
    tanh: (a: R) => hyperbolicTangent(lanes, a),
    fill: (a: R) => a,
    add: (a: R, b: R) => lanes.add(a, b),
    sub: (a: R, b: R) => lanes.subtract(a, b),
    mul: (a: R, b: R) => lanes.multiply(a, b),
    div: (a: R, b: R) => lanes.divide(a, b),
    minimum: (a: R, b: R) => lanes.minimum(a, b),
    maximum: (a: R, b: R) => lanes.maximum(a, b),
    less: (a: R, b: R) => lanes.less(a, b),
    lessEqual: (a: R, b: R) => lanes.lessOrEqual(a, b),
    equal: (a: R, b: R) => lanes.equal(a, b),
    logicalAnd: (a: M, b: M) => lanes.and(a, b),
    logicalOr: (a: M, b: M) => lanes.or(a, b),
    logicalNot: (a: M) => lanes.not(a),
    where: (mask: M, a: R, b: R) => lanes.select(mask, a, b)
  };
}
