import {InterruptedError} from "../pipeline/index.ts";

/** What a signal ends. */
export interface Interruption {
  /** The signal that came, or null. */
  readonly signal: () => "SIGINT" | "SIGTERM" | null;
  /**
   * Has `stop` called when a signal comes, until what is returned is called.
   * @throws InterruptedError if one has come
   */
  readonly during: (stop: () => void) => () => void;
}

/** What listening to signals needs of the process. */
export interface SignalEffects {
  readonly process: Pick<NodeJS.Process, "on" | "off">;
  readonly exit: (code: number) => void;
  readonly log: (line: string) => void;
}

const patience = 1500;
const codes = {SIGINT: 130, SIGTERM: 143} as const;
const realEffects: SignalEffects = {process, exit: (code) => process.exit(code), log: (line) => console.error(line)};

/**
 * Does work that SIGINT and SIGTERM end: what is going on is told to stop, and
 * the exit code is 130 or 143. Where it has not stopped after 1.5 s, or at a
 * second signal, the process exits as it is.
 */
export async function onSignals(work: (interruption: Interruption) => Promise<number>, effects: Partial<SignalEffects> = {}): Promise<number> {
  const {process, exit, log} = {...realEffects, ...effects};
  const stops = new Set<() => void>();
  let came: keyof typeof codes | null = null;
  let timer: NodeJS.Timeout | undefined;
  const hear = (signal: keyof typeof codes): void => {
    if (came !== null) return exit(codes[came]);
    came = signal;
    log(`stopped by ${signal}: what is finished is kept; the same command goes on from there`);
    timer = setTimeout(() => exit(codes[signal]), patience);
    for (const stop of [...stops]) stop();
  };
  const onInterrupt = (): void => hear("SIGINT");
  const onTerminate = (): void => hear("SIGTERM");
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
  const signal = (): keyof typeof codes | null => came;
  try {
    const code = await work({
      signal,
      during(stop) {
        if (came !== null) throw new InterruptedError();
        stops.add(stop);
        return () => void stops.delete(stop);
      }
    });
    const ended = signal();
    return ended === null ? code : codes[ended];
  } catch (error) {
    const ended = signal();
    if (ended === null) throw error;
    return codes[ended];
  } finally {
    clearTimeout(timer);
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
  }
}
