import {convergenceOrder} from "../../numerics/index.ts";
import type {ConvergenceOrder} from "../../numerics/index.ts";

/** A local slope of an error over the step size, or its limit. */
export interface OrderOfErrors {
  readonly points: number;
  readonly standIn: string;
  /** "local", or "limit" for the extrapolation to small steps. */
  readonly kind: "local" | "limit";
  /** Geometric mean of the two step sizes; 0 in the limit. */
  readonly stepSize: number;
  readonly slope: number;
  /** How far the limit moves without the smallest step size; 0 for local slopes. */
  readonly uncertainty: number;
}

interface ErrorAtStep {
  readonly points: number;
  readonly standIn: string;
  readonly stepSize: number;
  readonly error: number;
}

/** The order of errors at several step sizes, in any order. @throws RangeError for fewer than 4 of them. */
export function orderOf(errors: readonly ErrorAtStep[]): ConvergenceOrder {
  const falling = [...errors].sort((a, b) => b.stepSize - a.stepSize);
  return convergenceOrder(falling.map(({stepSize}) => stepSize), falling.map(({error}) => error));
}

/** Local slopes with their Richardson limit, for every statistic and stand-in. */
export function ordersOfErrors(errors: readonly ErrorAtStep[]): readonly OrderOfErrors[] {
  const series = errors.filter(({points, standIn}, i) => errors.findIndex((other) => other.points === points && other.standIn === standIn) === i);
  return series.flatMap(({points, standIn}) => {
    const rows = errors.filter((row) => row.points === points && row.standIn === standIn);
    const {localSlopes, order, uncertainty} = orderOf(rows);
    return [
      ...localSlopes.map(({stepSize, slope}): OrderOfErrors => ({points, standIn, kind: "local", stepSize, slope, uncertainty: 0})),
      {points, standIn, kind: "limit" as const, stepSize: 0, slope: order, uncertainty}
    ];
  });
}
