import type {LaneItem, LaneNode, LaneProgram} from "../lane-program.ts";
import type {CodeWriter} from "./code-writer.ts";
import {itemWrites, nowhere} from "./effects.ts";
import {gatherAddresses} from "./gather-addresses.ts";
import {gatherCode} from "./gather-code.ts";
import {gatherGroups} from "./gather-groups.ts";
import {laneCode} from "./lane-code.ts";
import {laneLocals} from "./lane-locals.ts";
import type {LaneBlock} from "./nested-blocks.ts";
import {placement} from "./placement.ts";
import {scalarCode} from "./scalar-code.ts";

/** Writes the prelude and the body of a program, as a function of the local that holds its arguments. */
export function programCode(program: LaneProgram, code: CodeWriter, argumentsLocal: number): void {
  const placed = placement(program);
  const scalars = scalarCode(program, code, argumentsLocal);
  const locals = laneLocals(code, placed);
  const addresses = gatherAddresses(program.lanes, code, (offsets) => code.get(locals.peek(offsets)), scalars.push);
  const gathers = gatherCode(program.lanes, code, scalars, locals, addresses);
  const groups = gatherGroups(program, placed, scalars);
  const lanes = laneCode(program, code, placed, locals, scalars, gathers);

  const enter = () => {
    locals.enter();
    addresses.enter();
  };
  const leave = () => {
    addresses.leave();
    locals.leave();
  };
  const writeNode = (node: LaneNode) => {
    const group = groups.get(node);
    if (group !== undefined) return locals.assigned(node) ? undefined : gathers.set(group);
    if (placed.uses(node) === 0 || placed.inlined(node)) return;
    lanes.compute(node);
    locals.settle();
    code.set(locals.assign(node));
  };
  const writeBlock = (block: LaneBlock): void => {
    enter();
    for (const item of block) {
      const written = itemWrites(item);
      if (item.kind === "for" || item.kind === "while") addresses.forget(written);
      writeItem(item);
      if (written !== nowhere) addresses.forget(written);
      locals.settle();
    }
    leave();
  };
  // The condition stands before and at the end of the loop: V8 turns that into faster code than one test at the top.
  const writeLoop = (pushCondition: () => void, writeBody: () => void) => {
    pushCondition();
    code.open("if");
    code.open("loop");
    writeBody();
    pushCondition();
    code.branchIf(0);
    code.plain("end");
    code.plain("end");
  };
  const writeItem = (item: LaneItem): void => {
    switch (item.kind) {
      case "node":
        return writeNode(item.node);
      case "set":
        item.assignments.forEach(({value}) => lanes.push(value));
        return item.assignments.toReversed().forEach(({variable}) => code.set(lanes.variable(variable)));
      case "setCounter":
        scalars.push(item.value);
        return code.set(scalars.counter(item.counter));
      case "store": {
        const {base, offset} = scalars.split(item.address);
        scalars.push(base);
        lanes.push(item.value);
        return code.access("v128.store", offset);
      }
      case "store32": {
        const {base, offset} = scalars.split(item.address);
        scalars.push(base);
        scalars.push(item.value);
        return code.access("i32.store", offset);
      }
      case "copyReal": {
        const [to, from] = [scalars.split(item.to), scalars.split(item.from)];
        const [load, store] = program.bits === 32 ? (["i32.load", "i32.store"] as const) : (["i64.load", "i64.store"] as const);
        scalars.push(to.base);
        scalars.push(from.base);
        code.access(load, from.offset);
        return code.access(store, to.offset);
      }
      case "for": {
        const counter = scalars.counter(item.counter);
        const pushCondition = () => {
          code.get(counter);
          scalars.push(item.to);
          code.plain("i32.lt_s");
        };
        scalars.push(item.from);
        code.set(counter);
        return writeLoop(pushCondition, () => {
          writeBlock(item.body);
          code.get(counter);
          code.constant(item.step);
          code.plain("i32.add");
          code.set(counter);
        });
      }
      case "while":
        return writeLoop(
          () => scalars.push(item.condition),
          () => writeBlock(item.body)
        );
      case "if":
        scalars.push(item.condition);
        code.open("if");
        writeBlock(item.then);
        if (item.otherwise.length > 0) {
          code.plain("else");
          writeBlock(item.otherwise);
        }
        return code.plain("end");
      case "ifAny":
        lanes.push(item.mask);
        code.plain("v128.any_true");
        code.open("if");
        writeBlock(item.body);
        return code.plain("end");
    }
  };

  enter();
  program.prelude.forEach(writeItem);
  writeBlock(program.body);
  leave();
}
