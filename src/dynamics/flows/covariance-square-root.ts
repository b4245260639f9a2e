import {add, div, element, maximum, mul, sqrt, stack, sub} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";
import {unexpected} from "../../numerics/index.ts";

const least = 1e-30;

/**
 * The columns of the symmetric positive semidefinite square root of
 * Σ = (1/N) Σᵢ gᵢ gᵢᵀ, in the named operations, for vectors gᵢ of shape [d]
 * with d ≤ 2: √Σ in one dimension and
 *
 * Σ½ = (Σ + √det Σ I)/√(tr Σ + 2 √det Σ)
 *
 * in two, 0 where Σ is 0. Where Σ is nearly singular the determinant loses
 * digits: the error is about √(ε tr Σ).
 * @throws RangeError for d above 2, for which there is no closed form.
 */
export function covarianceSquareRoot(name: string, vectors: readonly Real[]): readonly Real[] {
  const [first] = vectors;
  const dimension = first?.shape[0];
  if (dimension !== 1 && dimension !== 2) throw unexpected(`${name}: dimension`, "1 or 2, for which the symmetric square root of Σ is written in closed form,", dimension);
  const entry = (i: number, j: number): Real => {
    const products = vectors.map((vector) => mul(element(vector, i), element(vector, j)));
    return div(products.reduce((sum, product) => add(sum, product)), vectors.length);
  };
  if (dimension === 1) return [stack([sqrt(entry(0, 0))])];
  const [upper, off, lower] = [entry(0, 0), entry(0, 1), entry(1, 1)];
  const rootDeterminant = sqrt(maximum(0, sub(mul(upper, lower), mul(off, off))));
  const scale = sqrt(maximum(least, add(add(upper, lower), mul(2, rootDeterminant))));
  return [stack([div(add(upper, rootDeterminant), scale), div(off, scale)]), stack([div(off, scale), div(add(lower, rootDeterminant), scale)])];
}
