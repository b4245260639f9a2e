import type {LaneItem, LaneNode, LaneProgram} from "../lane-program.ts";
import {neededNodes} from "../needed-nodes.ts";
import {printOperation} from "./print-operation.ts";
import {printAddress, printScalar, printSigned} from "./print-scalar.ts";
import {printSupport} from "./print-support.ts";

const isLoop = ({kind}: LaneItem): boolean => kind === "for" || kind === "while";

/**
 * A program as a translation unit of C11 with the vector extensions of gcc
 * and clang. It exports
 *
 *     void run(unsigned char *memory, int32_t arguments)
 *
 * and is to be compiled without contraction, fast-math or errno of the
 * square root (`-ffp-contract=off -fno-math-errno`); then its bits are those
 * of LaneArithmetic at every width and level of optimisation. A vector of
 * `lanes`·`bits` bits that the processor does not have is correct but slow.
 * Equal programs give equal text. Innermost loops of known length, those over
 * coordinates, are unrolled twice: two turns have more independent chains of
 * operations to interleave, which saves a tenth of the time.
 */
export function printC(program: LaneProgram): string {
  const {bits, lanes} = program;
  const needed = neededNodes(program);

  const typeOf = ({operation}: LaneNode) => operation.type;
  const block = (head: string, items: readonly LaneItem[], indent: string): string[] => [`${indent}${head} {`, ...printItems(items, `${indent}  `), `${indent}}`];

  function printItems(items: readonly LaneItem[], indent: string): string[] {
    return items.flatMap((item) => printItem(item, indent));
  }

  function printItem(item: LaneItem, indent: string): string[] {
    switch (item.kind) {
      case "node":
        return needed.has(item.node.number) ? [`${indent}const ${typeOf(item.node)} n${item.node.number} = ${printOperation(item.node.operation, bits)};`] : [];
      case "set":
        return item.assignments.map(({variable, value}) => `${indent}v${variable.number} = n${value.number};`);
      case "setCounter":
        return [`${indent}c${item.counter.number} = ${printScalar(item.value)};`];
      case "store":
        return [`${indent}store_word(${printAddress(item.address)}, (word)n${item.value.number});`];
      case "store32":
        return [`${indent}store32(${printAddress(item.address)}, ${printScalar(item.value)});`];
      case "copyReal":
        return [`${indent}store_one_word(${printAddress(item.to)}, load_one_word(${printAddress(item.from)}));`];
      case "for": {
        const counter = `c${item.counter.number}`;
        const unrolled = item.from.op === "constant" && item.to.op === "constant" && !item.body.some(isLoop);
        const loop = block(`for (${counter} = ${printScalar(item.from)}; (int32_t)${counter} < ${printSigned(item.to)}; ${counter} += ${item.step >>> 0}u)`, item.body, indent);
        return unrolled ? [`${indent}#pragma GCC unroll 2`, ...loop] : loop;
      }
      case "while":
        return block(`while (${printScalar(item.condition)} != 0)`, item.body, indent);
      case "if":
        return [
          ...block(`if (${printScalar(item.condition)} != 0)`, item.then, indent),
          ...(item.otherwise.length === 0 ? [] : block("else", item.otherwise, indent))
        ];
      case "ifAny":
        return block(`if (any(n${item.mask.number}))`, item.body, indent);
    }
  }

  return `/*
 * Printed by driftbook/src/kernels/c from a lane program of ${lanes} lanes of
 * ${bits} bits. A node of the program is a constant n, a variable v, a counter c.
 */
${printSupport(bits, lanes)}
__attribute__((visibility("default"))) void run(unsigned char *memory, int32_t arguments) {
${[
  ...program.variables.map(({number, type}) => `  ${type} v${number} = {0};`),
  ...program.counters.map(({number}) => `  uint32_t c${number} = 0;`),
  ...printItems(program.prelude, "  "),
  ...printItems(program.body, "  ")
].join("\n")}
}
`;
}
