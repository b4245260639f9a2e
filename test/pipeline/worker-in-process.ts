import type {StartWorker} from "../../src/pipeline/workers/index.ts";
import {answerRequests} from "../../src/pipeline/workers/answer-requests.ts";
import {isMessage} from "../../src/pipeline/workers/messages.ts";
import type {Message, Reply} from "../../src/pipeline/workers/messages.ts";

/**
 * Starts workers that answer within this process, by what a worker process
 * answers with: cheap where neither code changes nor processes end. One that is
 * stopped is silent from then on.
 */
export const startInProcess: StartWorker = () => {
  let stop: (() => void) | undefined;
  let stopped = false;
  return {
    alive: () => !stopped,
    stop() {
      stopped = true;
      stop?.();
    },
    ask: (request, hear) =>
      new Promise((resolve, reject) => {
        stop = () => reject(new Error("its process was killed by SIGKILL"));
        void answerRequests((said: Message | Reply) => (isMessage(said) ? hear?.(said) : resolve(said)))(structuredClone(request));
      })
  };
};
