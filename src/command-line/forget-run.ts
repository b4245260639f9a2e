import {openRun} from "../pipeline/index.ts";
import {checkGivenName} from "./choose-project.ts";
import {exitCodes} from "./exit-codes.ts";
import {openKeptStore} from "./open-kept-store.ts";

/** Forgets a kept run, also a damaged one. @throws RangeError for a name that no run has, with the nearest */
export async function forgetRun(root: string, name: string): Promise<number> {
  checkGivenName(name);
  const store = openKeptStore(root);
  if (!store.forgetRun(name)) openRun(store, name);
  console.error(`forgot the run ${name}; npm run prune removes what it alone needed`);
  return exitCodes.done;
}
