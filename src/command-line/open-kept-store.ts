import {openProject, openStore} from "../pipeline/index.ts";
import type {Store} from "../pipeline/index.ts";

/** The store of the project at `root`; what is damaged is said on standard error. */
export function openKeptStore(root: string): Store {
  return openStore(openProject(root).storeFolder, (line) => console.error(line));
}
