import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

const rows = 10_000;
const features = 20;

/**
 * Writes the table of W6: x ~ N(0, I), y = x . w + N(0, 1), w_i = 1 / (i + 1), always the same rows;
 * little-endian float32, 21 numbers a row.
 */
export function writeRegressionTable(path: string): void {
  const generator = xoroshiro128plus(1);
  const uniform = (): number => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const bytes = new DataView(new ArrayBuffer(rows * (features + 1) * 4));
  for (let row = 0; row < rows; row += 1) {
    let label = normal();
    for (let i = 0; i < features; i += 1) {
      const x = normal();
      label += x / (i + 1);
      bytes.setFloat32((row * (features + 1) + i) * 4, x, true);
    }
    bytes.setFloat32((row * (features + 1) + features) * 4, label, true);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
