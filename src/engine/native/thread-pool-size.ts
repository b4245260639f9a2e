import { kernelEffects } from "./kernel-effects.ts";
import type { KernelEffects } from "./kernel-effects.ts";

/**
 * How many kernel calls can run at the same time in this process: the threads of libuv's pool, 4 unless the process
 * was started with the environment variable `UV_THREADPOOL_SIZE`, which libuv reads once and limits to 1024. Setting
 * it in a running process comes too late.
 */
export const threadPoolSize = ({ environment }: Pick<KernelEffects, "environment"> = kernelEffects): number => {
  const text = environment["UV_THREADPOOL_SIZE"];
  if (text === undefined) return 4;
  const size = Number.parseInt(text, 10);
  return Number.isNaN(size) ? 1 : Math.min(Math.max(size, 1), 1024);
};
