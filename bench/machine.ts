import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";

/** The machine of a bench run. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly vectorBits: number;
  readonly node: string;
  readonly v8: string;
  /** Mean number of running processes over the last minute, before the bench: other work makes times noisy. */
  readonly loadBefore: number;
}

function vectorBits(): number {
  let flags = "";
  try {
    flags = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "";
  } catch {
    return 128;
  }
  if (/\bavx512f\b/.test(flags)) return 512;
  return /\bavx2\b/.test(flags) ? 256 : 128;
}

/** Describes the machine; the vector width is 128 where the processor's flags cannot be read. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    vectorBits: vectorBits(),
    node: process.versions.node,
    v8: process.versions.v8,
    loadBefore: loadavg()[0],
  };
}
