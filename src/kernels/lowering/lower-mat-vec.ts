import type {Lane} from "../lane-builder.ts";
import type {Scalar} from "../lane-program.ts";
import {product, sum} from "../scalar.ts";
import type {ScalarLike} from "../scalar.ts";
import type {ParameterShape} from "../value.ts";
import type {Environment} from "./environment.ts";
import {coordinate, forCoordinates, laneAddress, registers} from "./stored.ts";
import type {Stored} from "./stored.ts";

const rowsAtOnce = 4;
/** Entries of larger matrices are loaded where they are used; constants have registers of their own. */
const mostConstants = 64;

function forConstants(length: number, step: number, body: (index: number, count: number) => void): void {
  for (let index = 0; index < length; index += step) body(index, Math.min(step, length - index));
}

/**
 * y = A x for a matrix parameter that all replicas share: four rows at a time,
 * each summed from the first column to the last. The result is in `memory`, or
 * in registers where there is none.
 */
export function lowerMatVec(environment: Environment, matrix: {readonly address: Scalar; readonly shape: ParameterShape}, x: Stored, memory: Scalar | undefined): Stored {
  const {builder} = environment;
  const [rows, columns] = matrix.shape as readonly [number, number];
  const entry = (row: ScalarLike, rowOffset: number, column: ScalarLike, columnOffset: number): Lane => {
    const address = sum(matrix.address, product(row, columns * builder.elementBytes), product(column, builder.elementBytes), (rowOffset * columns + columnOffset) * builder.elementBytes);
    const fixed = typeof row === "number" && typeof column === "number" && rows * columns <= mostConstants;
    return fixed ? builder.loadConstant("real", address) : builder.loadSplat("real", address);
  };
  const products = (row: ScalarLike, count: number): readonly Lane[] => {
    const variables = Array.from({length: count}, () => builder.variable("real"));
    builder.set(...variables.map((variable) => [variable, builder.real(-0)] as const));
    const inSteps = x.kind === "registers" ? forConstants : (length: number, step: number, body: (index: ScalarLike, count: number) => void) => forCoordinates(builder, length, step, body);
    inSteps(columns, 4, (column, width) => {
      let totals = variables.map((variable) => builder.read(variable));
      for (let j = 0; j < width; j++) {
        const coordinateOfX = coordinate(builder, x, column, j);
        totals = totals.map((total, i) => builder.add(total, builder.multiply(entry(row, i, column, j), coordinateOfX)));
      }
      builder.set(...variables.map((variable, i) => [variable, totals[i]!] as const));
    });
    return variables.map((variable) => builder.read(variable));
  };
  if (memory === undefined) {
    const nodes: Lane[] = [];
    for (let row = 0; row < rows; row += rowsAtOnce) nodes.push(...products(row, Math.min(rowsAtOnce, rows - row)));
    return registers(...nodes);
  }
  forCoordinates(builder, rows, rowsAtOnce, (row, count) => products(row, count).forEach((node, i) => builder.store(laneAddress(builder, memory, sum(row, i)), node)));
  return {kind: "memory", address: memory, type: "real"};
}
