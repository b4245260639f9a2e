/**
 * What the native library reads from the environment when it loads: no log lines, one order of summation, and one
 * thread, since several processes share the cores and each of them must give the same bits. Its own allocator places
 * tensors (best fit with coalescing): in the heap of the C library, where aligned blocks that were freed are often not
 * reused, memory grows from one operation to the next.
 */
export const loadOptions: Readonly<Record<string, string>> = {
  TF_CPP_MIN_LOG_LEVEL: "3",
  TF_ENABLE_ONEDNN_OPTS: "0",
  TF_NUM_INTRAOP_THREADS: "1",
  TF_NUM_INTEROP_THREADS: "1",
  TF_CPU_ALLOCATOR_USE_BFC: "1",
};

/** Sets every load option that the user has not set. */
export const applyLoadOptions = (environment: Record<string, string | undefined>): void => {
  for (const [name, value] of Object.entries(loadOptions)) environment[name] ??= value;
};
