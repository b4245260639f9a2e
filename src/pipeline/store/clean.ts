import {join} from "node:path";
import type {Owners} from "./owner.ts";
import type {StoreDisk} from "./store-disk.ts";

/** Removes what processes that have ended left: temporary files, claims, and that they work with the store. Returns how many. */
export function cleanStore({layout, files, ...disk}: StoreDisk, owners: Owners): number {
  const ended = (folder: string): readonly string[] =>
    disk
      .names(folder)
      .filter((name) => owners.alive(name) === undefined)
      .map((name) => join(folder, name));
  const removeAll = (path: string): void => {
    if (files.statSync(path, {throwIfNoEntry: false})?.isDirectory() !== true) return void disk.remove(path);
    for (const name of disk.names(path)) disk.remove(join(path, name));
    disk.removeEmpty(path);
  };

  const left = [...ended(layout.temporary), ...ended(layout.running)];
  for (const path of left) removeAll(path);
  let claims = 0;
  for (const name of disk.names(layout.claims)) {
    const path = join(layout.claims, name);
    const holders = ended(path);
    for (const holder of holders) disk.remove(holder);
    claims += Math.min(1, holders.length);
    disk.removeEmpty(path);
  }
  return left.length + claims;
}
