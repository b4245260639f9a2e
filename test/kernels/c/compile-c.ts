import {execFileSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

import koffi, {type LibraryHandle} from "koffi";

/** Vectors of `bytes` bytes, and what makes the compiler use them. */
export interface VectorWidth {
  readonly bytes: number;
  readonly flags: readonly string[];
}

const kept = ["-O3", "-std=c11", "-ffp-contract=off", "-fno-math-errno"];

function load(text: string, flags: readonly string[]): LibraryHandle {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-c-"));
  try {
    const [source, library] = [join(folder, "kernel.c"), join(folder, "kernel.so")];
    writeFileSync(source, text);
    execFileSync("cc", [...kept, ...flags, "-w", "-shared", "-fPIC", "-o", library, source], {stdio: ["ignore", "ignore", "pipe"], encoding: "utf8"});
    return koffi.load(library);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Compiles a kernel's C with the machine's `cc` after the flags that keep its bits; `flags` may undo them. */
export function compileC(text: string, flags: readonly string[]): (memory: Uint8Array, argumentsAddress: number) => void {
  return load(text, flags).func("void run(uint8_t *memory, int32_t arguments)");
}

const probe = `int widest(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) return 64;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 32;
#endif
  return 16;
}`;

/** The widths that this machine's processor has, from 16 bytes up. */
export function vectorWidths(): readonly VectorWidth[] {
  const widest = load(probe, []).func("int widest(void)")() as number;
  const level = (name: string) => (process.arch === "x64" ? [`-march=x86-64-${name}`] : []);
  const all = [
    {bytes: 16, flags: level("v2")},
    {bytes: 32, flags: level("v3")},
    {bytes: 64, flags: level("v4")}
  ];
  return all.filter(({bytes}) => bytes <= widest);
}
