import {multiplicativeFlowMoment, squareRootDefect} from "../../numerics/index.ts";
import type {CounterExampleParameters} from "./counter-example-parameters.ts";
import type {StandIn} from "./stand-ins.ts";

/** The error of one stand-in for a product of points, in closed form. */
export interface MultiplicativeError {
  readonly points: number;
  readonly standIn: Extract<StandIn, "modified flow" | "modified equation" | "gradient flow">;
  readonly stepSize: number;
  /** 𝔼 of the product under SGD. */
  readonly sgd: number;
  /** … under the stand-in. */
  readonly moment: number;
  /** |moment − sgd| */
  readonly error: number;
  /** The leading term of the equation's error, η times an integral along the gradient flow; null but for its pairs. */
  readonly leadingError: number | null;
}

const processes = {"modified flow": "stochastic modified flow", "modified equation": "stochastic modified equation", "gradient flow": "gradient flow"} as const;

/**
 * E4.2: products of one, two and three points x > 0 > y under the loss
 * ½ z² (1 + sξ), ξ = ±1, whose √Σ = s|z| has a kink at 0, in closed form.
 */
export function multiplicativeErrors({noise, horizon, steps, upper, lower, third}: CounterExampleParameters): readonly MultiplicativeError[] {
  const gradients = [1, -1].map((sign) => (z: number) => z * (1 + noise * sign));
  const defect = squareRootDefect({gradients, curvature: () => 1, first: upper, second: lower, horizon});
  return [[upper], [upper, lower], [upper, lower, third]].flatMap((points) =>
    steps.flatMap((count) => {
      const stepSize = horizon / count;
      const momentOf = (process: "SGD" | (typeof processes)[keyof typeof processes]) => multiplicativeFlowMoment({process, points, noise, stepSize, horizon});
      const sgd = momentOf("SGD");
      return (Object.keys(processes) as (keyof typeof processes)[]).map((standIn): MultiplicativeError => {
        const moment = momentOf(processes[standIn]);
        return {points: points.length, standIn, stepSize, sgd, moment, error: Math.abs(moment - sgd), leadingError: standIn === "modified equation" && points.length === 2 ? stepSize * defect : null};
      });
    })
  );
}
