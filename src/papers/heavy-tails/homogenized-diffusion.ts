import {eulerMaruyama, itoEquation} from "../../dynamics/index.ts";
import {add, div, dot, mul, neg, sqrt, square} from "../../kernels/index.ts";

/**
 * hSGD in the eigenbasis of H, x measured from the least-squares solution m: with z = x − m,
 *
 * dzᵢ = −γ (λᵢ zᵢ + δ (zᵢ + mᵢ)) dt + γ √(2 L λᵢ/B) dWᵢ,  L = L₀ + ½ Σ λᵢ zᵢ²,
 *
 * unit time one step of SGD, from the ridge solution zᵢ = −δ mᵢ/(λᵢ + δ), its mean at all times. √H is diagonal in
 * this basis, so that each coordinate has a Wiener process of its own, though all share L.
 *
 * State: `deviation`, z of shape [d]. Parameters: `stepSize` γ, `batchSize` B, `eigenvalues` λ, `solution` m, `ridge` δ,
 * `minimumLoss` L₀, and the scheme's `timeStep`. By Euler and Maruyama: the scheme of second order wants a noise in
 * which coordinates do not mix. In one dimension without ridge the tail index of the scheme with time step Δ is
 * α + γλΔ (α − 3)/2 to first order.
 *
 * Source: Jiao and Keller-Ressel, arXiv 2402.01382, in a normalisation of our own.
 */
export function homogenizedDiffusion(dimension: number) {
  return eulerMaruyama(
    itoEquation({
      name: "homogenized SGD",
      parameters: {stepSize: [], batchSize: [], eigenvalues: [dimension], solution: [dimension], ridge: [], minimumLoss: []},
      state: {deviation: [dimension]},
      start: ({parameters: {eigenvalues, solution, ridge}}) => ({deviation: neg(div(mul(ridge, solution), add(eigenvalues, ridge)))}),
      drift: ({deviation}, {parameters: {stepSize, eigenvalues, solution, ridge}}) => ({
        deviation: mul(neg(stepSize), add(mul(eigenvalues, deviation), mul(ridge, add(deviation, solution))))
      }),
      diffusion: {
        kind: "diagonal",
        coefficient: ({deviation}, {parameters: {stepSize, batchSize, eigenvalues, minimumLoss}}) => {
          const loss = add(minimumLoss, mul(0.5, dot(eigenvalues, square(deviation))));
          return {deviation: mul(stepSize, sqrt(mul(div(mul(2, loss), batchSize), eigenvalues)))};
        }
      }
    })
  );
}
