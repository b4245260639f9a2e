/** How long a worker may give no sign of life, and how often that is looked at, in ms. */
export interface HeartbeatLimits {
  readonly silence: number;
  readonly look: number;
}

const usual: HeartbeatLimits = {silence: 30_000, look: 1000};

/** Processor time, in ms, below which a worker that should compute counts as idle over the whole silence. */
const leastWork = 20;

/** What follows a worker's heartbeat until its work is done. */
export interface HeartbeatWatch {
  /** The work itself begins: from now on it must spend processor time. */
  readonly begin: () => void;
  readonly end: () => void;
}

/**
 * Follows the heartbeat of a worker, a line with its processor time in ms
 * twice a second, and calls `onHang` once with the reason if none comes for
 * `silence`, or if the work has begun and the process has spent no processor
 * time for as long. Time is monotonic: setting the clock changes nothing.
 */
export function watchHeartbeat(pipe: NodeJS.ReadableStream, onHang: (reason: string) => void, {silence, look}: HeartbeatLimits = usual, now: () => number = () => performance.now()): HeartbeatWatch {
  let heard = now();
  let worked = now();
  let workedTo = -Infinity;
  let begun = false;
  const onData = (chunk: Buffer): void => {
    heard = now();
    const spent = Number(chunk.toString("latin1").trimEnd().split("\n").at(-1));
    if (!(spent > workedTo + leastWork)) return;
    workedTo = spent;
    worked = heard;
  };
  pipe.on("data", onData);
  const end = (): void => {
    clearInterval(timer);
    pipe.off("data", onData);
  };
  let seen = now();
  const timer = setInterval(() => {
    const late = now() - seen > look + silence / 2;
    seen = now();
    if (late) return void (heard = worked = seen);
    const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 1 : 0)} s`;
    const reason =
      seen - heard > silence ? `its process gave no sign of life for ${seconds(seen - heard)} and was ended` : begun && seen - worked > silence ? `its process did nothing for ${seconds(seen - worked)} and was ended` : undefined;
    if (reason === undefined) return;
    end();
    onHang(reason);
  }, look);
  return {
    begin() {
      begun = true;
      worked = now();
    },
    end
  };
}
