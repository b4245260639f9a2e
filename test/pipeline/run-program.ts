import {onSignals} from "../../src/command-line/on-signals.ts";
import {openProject, openSession} from "../../src/pipeline/index.ts";
import {startWorker} from "../../src/pipeline/workers/index.ts";
import {shard} from "./ensemble-project.ts";
import {startInProcess} from "./worker-in-process.ts";

const [root, workers, kind] = process.argv.slice(2) as [string, string, string];
const session = openSession(openProject(root), {workers: Number(workers), rangeSize: () => shard, startWorker: kind === "processes" ? () => startWorker() : startInProcess});
process.exitCode = await onSignals(async ({during}) => {
  const release = during(session.interrupt);
  try {
    const {computed, failed} = await session.run();
    process.stdout.write(`computed ${computed.join(" ")}; failed ${failed.join(" ")}\n`);
    return failed.length;
  } finally {
    release();
    session.close();
  }
});
