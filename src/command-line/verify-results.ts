import {durationText, openSession, openStore, reportProgress} from "../pipeline/index.ts";
import type {RerunCell, StoreVerification} from "../pipeline/index.ts";
import {byteText} from "./byte-text.ts";
import {checkParameters, chooseProject} from "./choose-project.ts";
import type {RunOptions} from "./choose-project.ts";
import {counted} from "./counted.ts";
import {exitCodes} from "./exit-codes.ts";
import {onSignals} from "./on-signals.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";
import {setUp} from "./set-up.ts";

const mostNamed = 20;

const isSound = ({damagedObjects, damagedEntries, damagedRuns, missing}: StoreVerification): boolean => [damagedObjects, damagedEntries, damagedRuns, missing].every(({length}) => length === 0);

function named(title: string, names: readonly string[]): readonly string[] {
  const more = names.length > mostNamed ? [`  and ${names.length - mostNamed} more`] : [];
  return names.length === 0 ? [] : [title, ...names.slice(0, mostNamed).map((name) => `  ${name}`), ...more];
}

/** A cell that was run again, in one line. */
function rerunText({table, cell, range, seconds, difference}: RerunCell): string {
  const replicas = range === null ? "" : `, replicas ${range.first}–${range.first + range.count - 1}`;
  return `  ${table}, cell ${JSON.stringify(cell)}${replicas}: ${difference === null ? `the same bytes in ${durationText(seconds)}` : `differs: ${difference}`}`;
}

/** What a verification found, as lines for a terminal. */
export function verificationLines(found: StoreVerification, cells: readonly RerunCell[]): readonly string[] {
  const {objects, objectBytes, entries, runs, unreferenced, unreferencedBytes} = found;
  const differing = cells.filter(({difference}) => difference !== null);
  return [
    `${counted(objects, "object")} (${byteText(objectBytes)}), ${counted(entries, "index entry", "index entries")}, ${counted(runs, "kept run")}: ${isSound(found) ? "all sound" : "damaged"}`,
    ...named("damaged objects, set aside in quarantine:", found.damagedObjects),
    ...named("damaged index entries, set aside in quarantine:", found.damagedEntries),
    ...named("damaged kept runs:", found.damagedRuns),
    ...named("objects that are missing:", found.missing.map(({of, object}) => `${object} of ${of}`)),
    ...(unreferenced === 0 ? [] : [`${counted(unreferenced, "object")} (${byteText(unreferencedBytes)}) that nothing names: npm run prune removes them`]),
    ...(cells.length === 0 ? [] : [`${counted(cells.length, "cell")} run again: ${differing.length === 0 ? "all the same bytes" : `${differing.length} differ`}`, ...differing.map(rerunText)]),
    ...(isSound(found) ? [] : ["the next run computes what it needs of the damaged again"])
  ];
}

/** Reads everything that is stored and runs a random sample of kept cells again: 3 where anything is damaged or differs. */
export async function verifyResults(root: string, {json = false, sample, seed, ...options}: RunOptions & ResultOptions & {readonly sample: number; readonly seed?: number}): Promise<number> {
  const project = chooseProject(root, options);
  const found = openStore(project.storeFolder, (line) => console.error(line)).verify();
  return onSignals(async ({during}) => {
    await setUp(root);
    const progress = reportProgress();
    const session = openSession(project, {log: progress.log});
    const release = during(session.interrupt);
    try {
      const chosen = seed ?? Math.floor(Math.random() * 2 ** 32);
      if (sample > 0) await checkParameters(session, undefined);
      if (sample > 0) progress.log(`running up to ${counted(sample, "cell")} again, chosen by --seed ${chosen}`);
      const cells = sample === 0 ? [] : await session.rerun({sample, seed: chosen, report: (cell) => progress.log(rerunText(cell))});
      printResult({json}, {store: found, sample: {seed: chosen, cells}}, verificationLines(found, cells));
      return isSound(found) && cells.every(({difference}) => difference === null) ? exitCodes.done : exitCodes.difference;
    } finally {
      progress.close();
      release();
      session.close();
    }
  });
}
