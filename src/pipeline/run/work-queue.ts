/** Runs tasks on at most `width` places at a time, the most urgent of those that wait first. */
export interface WorkQueue {
  /** Runs a task as soon as there is place. @param urgency the greater, the earlier */
  readonly add: <T>(urgency: number, task: () => Promise<T>) => Promise<T>;
}

interface Waiting {
  readonly urgency: number;
  readonly start: () => void;
}

/** Opens a queue with a number of places. */
export function openWorkQueue(width: number): WorkQueue {
  const waiting: Waiting[] = [];
  let active = 0;
  const next = (): void => {
    if (active >= width || waiting.length === 0) return;
    const best = waiting.reduce((most, {urgency}, i) => (urgency > waiting[most]!.urgency ? i : most), 0);
    active++;
    waiting.splice(best, 1)[0]!.start();
  };
  return {
    add: (urgency, task) =>
      new Promise((resolve, reject) => {
        const start = (): void => {
          task().then(resolve, reject).finally(() => {
            active--;
            next();
          });
        };
        waiting.push({urgency, start});
        next();
      })
  };
}
