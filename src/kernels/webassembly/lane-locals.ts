import type {LaneNode} from "../lane-program.ts";
import type {CodeWriter, Local} from "./code-writer.ts";
import type {Placement} from "./placement.ts";

/** The v128 locals of nodes. A local is given to another node after the last use of its own, or at the end of its block. */
export interface LaneLocals {
  /** Opens a block. */
  enter(): void;
  /** Closes the innermost block: its nodes are gone. */
  leave(): void;
  /** Frees the locals of the innermost block that have had their last use. */
  settle(): void;
  /** A local for a node of the innermost block. */
  assign(node: LaneNode): Local;
  /** Whether a node has been given a local. */
  assigned(node: LaneNode): boolean;
  /** A local that is freed by the next settling. */
  temporary(): Local;
  /** The local of a node, for one use of it. */
  take(node: LaneNode): Local;
  /** The local of a node whose uses are not counted: it lives to the end of its block. */
  peek(node: LaneNode): Local;
}

interface Scope {
  readonly live: Set<Local>;
  readonly used: Local[];
}

/** Locals for the nodes of a function. */
export function laneLocals(code: CodeWriter, placement: Placement): LaneLocals {
  const free: Local[] = [];
  const scopes: Scope[] = [];
  const entries = new Map<LaneNode, {readonly local: Local; readonly scope: Scope; uses: number}>();

  const entryOf = (node: LaneNode) => {
    const entry = entries.get(node);
    if (entry === undefined) throw new Error(`lane node ${node.number} (${node.operation.op}): expected it to be placed before its use, in an enclosing block`);
    return entry;
  };
  const release = (scope: Scope, local: Local) => {
    if (scope.live.delete(local)) free.push(local);
  };
  const acquire = () => {
    const local = free.pop() ?? code.local("v128");
    scopes.at(-1)!.live.add(local);
    return local;
  };
  return {
    enter: () => void scopes.push({live: new Set(), used: []}),
    leave() {
      const scope = scopes.pop()!;
      [...scope.live].forEach((local) => release(scope, local));
    },
    settle() {
      const scope = scopes.at(-1)!;
      scope.used.splice(0).forEach((local) => release(scope, local));
    },
    assign(node) {
      const local = acquire();
      entries.set(node, {local, scope: scopes.at(-1)!, uses: placement.uses(node)});
      return local;
    },
    assigned: (node) => entries.has(node),
    temporary() {
      const local = acquire();
      scopes.at(-1)!.used.push(local);
      return local;
    },
    take(node) {
      const entry = entryOf(node);
      if (--entry.uses === 0) entry.scope.used.push(entry.local);
      return entry.local;
    },
    peek: (node) => entryOf(node).local
  };
}
