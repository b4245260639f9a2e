import type {LaneNode, Scalar} from "../lane-program.ts";
import type {CodeWriter, Local} from "./code-writer.ts";
import {overlap, scalarReads, type Places} from "./effects.ts";

/** The i32 locals with the addresses of gathers: base + offsets[lane], each computed once as long as it holds. */
export interface GatherAddresses {
  /** Opens a block. */
  enter(): void;
  /** Closes the innermost block and forgets what was computed in it. */
  leave(): void;
  /** Forgets what depends on places that are written. */
  forget(written: Places): void;
  /** One address a lane, computed here unless it is known. */
  of(offsets: LaneNode, base: Scalar): readonly Local[];
}

interface Entry {
  readonly reads: Places;
  readonly locals: readonly Local[];
}

const isZero = (base: Scalar) => base.op === "constant" && base.value === 0;

/** Addresses for the gathers of a function with `lanes` lanes; `pushOffsets` pushes the vector of a node. */
export function gatherAddresses(lanes: number, code: CodeWriter, pushOffsets: (offsets: LaneNode) => void, pushScalar: (scalar: Scalar) => void): GatherAddresses {
  const free: Local[] = [];
  const scopes: Map<string, Entry>[] = [];
  const release = (scope: Map<string, Entry>, key: string) => {
    free.push(...scope.get(key)!.locals);
    scope.delete(key);
  };
  const computed = (key: string, reads: Places, pushLane: (lane: number) => void): readonly Local[] => {
    const known = scopes.findLast((scope) => scope.has(key))?.get(key);
    if (known !== undefined) return known.locals;
    const locals = Array.from({length: lanes}, (_, lane) => {
      pushLane(lane);
      const local = free.pop() ?? code.local("i32");
      code.set(local);
      return local;
    });
    scopes.at(-1)!.set(key, {reads, locals});
    return locals;
  };

  return {
    enter: () => void scopes.push(new Map()),
    leave() {
      const scope = scopes.pop()!;
      [...scope.keys()].forEach((key) => release(scope, key));
    },
    forget(written) {
      for (const scope of scopes) for (const [key, {reads}] of [...scope]) if (overlap(reads, written)) release(scope, key);
    },
    of(offsets, base) {
      const plain = computed(`${offsets.number}`, scalarReads({op: "constant", value: 0}), (lane) => {
        pushOffsets(offsets);
        code.extractLane((lane * 4) / lanes);
      });
      if (isZero(base)) return plain;
      return computed(`${offsets.number} ${JSON.stringify(base)}`, scalarReads(base), (lane) => {
        code.get(plain[lane]);
        pushScalar(base);
        code.plain("i32.add");
      });
    }
  };
}
