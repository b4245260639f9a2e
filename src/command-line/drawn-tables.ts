import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import type {RunEvent} from "../pipeline/index.ts";
import {readPageSource, readsTable} from "../site/index.ts";

type TableSet = ReadonlySet<string>;

/** The tables that the SQL of each section of a page reads; one that none does stands alone. */
function sectionTables(source: string): readonly TableSet[] {
  const tables = Object.entries(readPageSource(source).tables);
  const sections = source.split(/^(?=## )/m).map((section) => new Set(tables.flatMap(([name, file]) => (readsTable(section, name, `./data/${file}.arrow`) ? [file] : []))));
  return [...sections, ...tables.map(([, file]) => new Set([file]))];
}

/** Sets that share an element, joined, until none do. */
function joinSets(sets: readonly TableSet[]): readonly TableSet[] {
  return sets.reduce<readonly TableSet[]>((joined, set) => {
    const meets = (other: TableSet): boolean => [...set].some((table) => other.has(table));
    return set.size === 0 ? joined : [...joined.filter((other) => !meets(other)), new Set([...joined.filter(meets).flatMap((other) => [...other]), ...set])];
  }, []);
}

/** The tables that the SQL of any page in a folder reads, those together that some section reads together, itself or by others. */
export function drawnTables(docsRoot: string): readonly TableSet[] {
  const pages = readdirSync(docsRoot).filter((name) => name.endsWith(".md"));
  return joinSets(pages.flatMap((name) => sectionTables(readFileSync(join(docsRoot, name), "utf8"))));
}

/**
 * Follows runs and tells, of tables that pages draw together, that all of them
 * in the run are settled, though others may still be on their way; nothing
 * where one failed. So no section ever shows tables of two runs.
 * @param drawn the tables that pages draw, asked when a run begins
 * @param settled gets the object of each of those that are drawn together
 */
export function followDrawnTables(drawn: () => readonly TableSet[], settled: (objects: Readonly<Record<string, string>>) => void): (event: RunEvent) => void {
  let groups: {readonly open: Set<string>; readonly objects: Record<string, string>}[] = [];
  return (event) => {
    if (event.kind === "begun") groups = drawn().map((tables) => ({open: new Set(event.tables.filter((table) => tables.has(table))), objects: {}}));
    if (event.kind !== "settled" || event.object === null) return;
    const group = groups.find(({open}) => open.has(event.table));
    if (group === undefined) return;
    group.open.delete(event.table);
    group.objects[event.table] = event.object;
    if (group.open.size === 0) settled(group.objects);
  };
}
