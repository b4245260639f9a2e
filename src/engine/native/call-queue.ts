/** Runs calls in the order they come, at most `limit` of them at the same time. */
export type CallQueue = <T>(call: () => Promise<T>) => Promise<T>;

/** An empty queue. */
export const createCallQueue = (limit: number): CallQueue => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (call) => {
    if (running < limit) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
};
