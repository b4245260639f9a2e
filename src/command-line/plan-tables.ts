import {availableParallelism} from "node:os";
import {checkTableWords, openSession} from "../pipeline/index.ts";
import {checkParameters, chooseProject} from "./choose-project.ts";
import type {RunOptions} from "./choose-project.ts";
import {exitCodes} from "./exit-codes.ts";
import {onSignals} from "./on-signals.ts";
import {planLines} from "./plan-lines.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";
import {setUp} from "./set-up.ts";

/** Says what a run of the tables would compute, why, and how long it takes; computes nothing. */
export async function planTables(root: string, words: readonly string[], {json = false, ...options}: RunOptions & ResultOptions): Promise<number> {
  checkTableWords(words);
  const project = chooseProject(root, options);
  return onSignals(async ({during}) => {
    await setUp(root);
    const session = openSession(project);
    const release = during(session.interrupt);
    try {
      const selected = words.length === 0 ? undefined : words;
      await checkParameters(session, selected);
      const plan = await session.plan(selected);
      printResult({json}, plan, planLines(plan, availableParallelism()));
      return plan.tables.some(({status}) => typeof status === "object") ? exitCodes.failed : exitCodes.done;
    } finally {
      release();
      session.close();
    }
  });
}
