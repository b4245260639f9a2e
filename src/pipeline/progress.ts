/** What the progress lines need of the outside. */
export interface ProgressEffects {
  readonly now: () => number;
  readonly write: (line: string) => void;
}

const realEffects: ProgressEffects = {now: () => performance.now(), write: (line) => void process.stderr.write(`${line}\n`)};
const pause = 2000;

const seconds = (milliseconds: number): string => (milliseconds < 9950 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`);

/** The progress lines of one table. */
export interface TableProgress {
  readonly report: (done: number, total: number) => void;
  readonly end: (outcome: string) => void;
}

/**
 * Writes progress lines for tables: done / total, the share, and the time left
 * as the time spent scaled to what remains; at most one line every 2 s a table.
 */
export function progressLines(width: number, effects: ProgressEffects = realEffects): (table: string) => TableProgress {
  return (table) => {
    const start = effects.now();
    let last = start;
    const line = (text: string) => effects.write(`  ${table.padEnd(width)}  ${text}`);
    return {
      report(done, total) {
        const now = effects.now();
        if (now - last < pause || done === 0 || done >= total) return;
        last = now;
        line(`${Math.floor(done)} / ${Math.round(total)}  ${Math.floor((100 * done) / total)} %  ${seconds(((now - start) * (total - done)) / done)} left`);
      },
      end: (outcome) => line(`${outcome} in ${seconds(effects.now() - start)}`)
    };
  };
}
