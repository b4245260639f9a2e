/** A complex number. */
export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

const FAR = 15;

/**
 * `ψ(z)` and `ψ'(z)` for `Re z > 0`, by recurrence up to `Re z >= 15` and the asymptotic series; error below `1e-14`
 * of the modulus. Not checked: the half plane.
 */
export function complexPolygamma(z: Complex): { readonly digamma: Complex; readonly trigamma: Complex } {
  let x = z.real;
  const y = z.imaginary;
  const [digamma, trigamma] = [{ real: 0, imaginary: 0 }, { real: 0, imaginary: 0 }];
  for (; x < FAR; x += 1) {
    const square = x * x + y * y;
    digamma.real -= x / square;
    digamma.imaginary += y / square;
    trigamma.real += (x * x - y * y) / (square * square);
    trigamma.imaginary -= (2 * x * y) / (square * square);
  }
  const [modulus, angle] = [Math.hypot(x, y), Math.atan2(y, x)];
  const add = (sum: { real: number; imaginary: number }, factor: number, power: number) => {
    const size = factor * modulus ** -power;
    sum.real += size * Math.cos(power * angle);
    sum.imaginary -= size * Math.sin(power * angle);
  };
  digamma.real += Math.log(modulus);
  digamma.imaginary += angle;
  add(digamma, -1 / 2, 1);
  add(trigamma, 1, 1);
  add(trigamma, 1 / 2, 2);
  [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730].forEach((bernoulli, i) => {
    const power = 2 * i + 2;
    add(digamma, -bernoulli / power, power);
    add(trigamma, bernoulli, power + 1);
  });
  return { digamma, trigamma };
}
