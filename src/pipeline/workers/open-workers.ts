import type {Project} from "../project.ts";
import type {Message, Reply, Request} from "./messages.ts";
import {startWorker as startProcess} from "./worker-process.ts";
import type {StartWorker, Worker} from "./worker-process.ts";

/** Worker processes that are started as they are needed and used again. */
export interface Workers {
  /** Asks an idle worker, or a new one. @throws Error with the reason if the work failed or its process ended */
  readonly ask: (request: Request, hear?: (message: Message) => void) => Promise<Exclude<Reply, {kind: "failed"}>>;
  /** Says which code requests are about from now on: idle workers of another one are ended. */
  readonly useCode: (fingerprint: string) => void;
  /** Has `count` workers at a time import the code of a project, so that later requests find them ready. */
  readonly warm: (project: Project, count: number) => Promise<void>;
  /** Ends every worker that is at work; idle ones stay. */
  readonly interrupt: () => void;
  /** Ends every worker at once. */
  readonly stop: () => void;
}

/** Opens a set of workers; none is started yet. */
export function openWorkers(startWorker: StartWorker | undefined = startProcess): Workers {
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  let code: string | undefined;

  const ask: Workers["ask"] = async (request, hear) => {
    let worker = idle.pop();
    while (worker !== undefined && !worker.alive()) worker = idle.pop();
    worker ??= startWorker();
    const asked = code;
    busy.add(worker);
    try {
      const reply = await worker.ask(request, hear);
      if (reply.kind === "failed") throw new Error(reply.error);
      return reply;
    } finally {
      busy.delete(worker);
      if (asked !== code) worker.stop();
      else if (worker.alive()) idle.push(worker);
    }
  };

  return {
    ask,
    async warm(project, count) {
      const asked = Array.from({length: count}, () => ask({kind: "describe", project, broken: {}}));
      await Promise.allSettled(asked);
    },
    useCode(fingerprint) {
      if (code !== fingerprint) for (const worker of idle.splice(0)) worker.stop();
      code = fingerprint;
    },
    interrupt() {
      for (const worker of busy) worker.stop();
    },
    stop() {
      for (const worker of [...idle.splice(0), ...busy]) worker.stop();
    }
  };
}
