type Environment = Readonly<Record<string, string | undefined>>;

/** Threads of libuv's pool that are left for files and names while every core runs a kernel: its own default. */
const others = 4;

/** The most threads that libuv takes. */
const most = 1024;

/**
 * The environment to start a process with that runs ensembles on `cores` cores: `UV_THREADPOOL_SIZE` of four more than
 * those, so that each can run a native kernel while files are read. A size that is set already stays. The process
 * itself cannot do this: libuv has read the variable before its first line runs.
 */
export const threadPoolEnvironment = (environment: Environment, cores: number): Record<string, string | undefined> => {
  const { UV_THREADPOOL_SIZE: set = "" } = environment;
  if (set !== "") return { ...environment };
  return { ...environment, UV_THREADPOOL_SIZE: String(Math.min(cores + others, most)) };
};
