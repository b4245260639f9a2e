import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import type {RunEvent} from "../pipeline/index.ts";
import {readPageSource} from "../site/index.ts";

/** The tables that the SQL of any page in a folder reads. */
export function drawnTables(docsRoot: string): ReadonlySet<string> {
  const pages = readdirSync(docsRoot).filter((name) => name.endsWith(".md"));
  return new Set(pages.flatMap((name) => Object.values(readPageSource(readFileSync(join(docsRoot, name), "utf8")).tables)));
}

/**
 * Follows runs and tells, once in each, that all of it that pages draw is
 * settled, though verdicts may still be on their way; nothing where one failed.
 * @param drawn the tables that pages draw, asked when a run begins
 * @param settled gets the object of each of them
 */
export function followDrawnTables(drawn: () => ReadonlySet<string>, settled: (objects: Readonly<Record<string, string>>) => void): (event: RunEvent) => void {
  let open = new Set<string>();
  let objects: Record<string, string> = {};
  return (event) => {
    if (event.kind === "begun") {
      const wanted = drawn();
      open = new Set(event.tables.filter((table) => wanted.has(table)));
      objects = {};
    }
    if (event.kind !== "settled" || event.object === null || !open.delete(event.table)) return;
    objects[event.table] = event.object;
    if (open.size === 0) settled(objects);
  };
}
