import assert from "node:assert/strict";
import {test} from "node:test";

import {printC} from "../../../src/kernels/c/print-c.ts";
import {laneMemory} from "../lane-memory.ts";
import {compileC, vectorWidths} from "./compile-c.ts";
import {operationCases, operationProgram, type OperationCase, type Value} from "./operation-cases.ts";

const widths = vectorWidths();
const present = `of the present ${widths.map(({bytes}) => bytes).join(", ")}`;

function mismatch({name, from, rows, expected}: OperationCase, found: readonly Value[]): string | undefined {
  const wrong = rows.findIndex((_, row) => !Object.is(found[row], expected[row]));
  return wrong < 0 ? undefined : `${name}(${from.length === 0 ? "" : rows[wrong].map(String).join(", ")}): expected ${expected[wrong]}, found ${found[wrong]}`;
}

const least = widths[0].flags;
const builds = [
  ...widths.flatMap(({bytes, flags}) => ["-O3", "-O1"].map((level) => ({bytes, flags: [...flags, level], name: `vectors of ${bytes} bytes (${present}) at ${level}`}))),
  {bytes: 64, flags: [...least, "-O1"], name: "vectors of 64 bytes without instructions for them"}
];

for (const bits of [32, 64] as const) {
  const cases = operationCases(bits);
  const lanes = bits === 32 ? 2 : 16;
  const unusual = {bytes: (lanes * bits) / 8, flags: [...least, "-O1"], name: `vectors of ${lanes} lanes`};
  for (const {bytes: width, flags, name} of [...builds, unusual]) {
    test(`every operation in lanes of ${bits} bits has its bits in ${name}`, () => {
      const {program, places, bytes} = operationProgram(bits, (8 * width) / bits, cases);
      const bytesOfMemory = new Uint8Array(bytes);
      const memory = laneMemory(bits, new DataView(bytesOfMemory.buffer));
      const addressOf = (index: number, array: number, row: number) => places[index].address + array * places[index].stride + (row * bits) / 8;
      cases.forEach(({from, rows}, index) =>
        rows.forEach((row, number) =>
          from.forEach((type, array) => {
            const address = addressOf(index, array, number);
            if (type === "real") memory.setReal(address, row[array] as number);
            else memory.setWord(address, BigInt(row[array]));
          })
        )
      );
      compileC(printC(program), flags)(bytesOfMemory, 0);
      const allOnes = (1n << BigInt(bits)) - 1n;
      const wrong = cases.flatMap((one, index) => {
        const found = one.rows.map((_, row): Value => {
          const address = addressOf(index, one.from.length, row);
          if (one.to === "real") return memory.real(address);
          const word = memory.word(address);
          return one.to === "word" || (word !== 0n && word !== allOnes) ? word : word !== 0n;
        });
        return mismatch(one, found) ?? [];
      });
      assert.deepEqual(wrong, []);
    });
  }
}
