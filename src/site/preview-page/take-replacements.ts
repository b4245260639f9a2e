import {digestIn} from "./page-tables.ts";
import type {PageTables, TablesPatch} from "./page-tables.ts";

/** What Framework's preview sends to an open page: how the page that is edited differs from the one that is shown. */
export interface PageUpdate {
  readonly type: "update";
  readonly code: {readonly removed: readonly string[]; readonly added: readonly string[]};
  readonly files: {readonly removed: readonly string[]; readonly added: readonly {readonly name: string; readonly path: string}[]};
  readonly tables: TablesPatch;
}

/** The cells of a page: the text of each as Framework defines it. */
export interface PageCells {
  /** Whether a cell is defined by this text already. */
  readonly isDefined: (id: string, text: string) => boolean;
  readonly define: (id: string, text: string) => void;
}

const textOf = (definition: string): string => definition.replace(/ \/\/ [0-9a-f]{64}$/, "").trim();
const idOf = (definition: string): string => /^\s*define\(\{id: "([^"]+)"/.exec(definition)?.[1] ?? "";

/** The cells that the script of a page defines. */
export function openPageCells(script: string): PageCells {
  const defined = new Map<string, string>();
  return {
    isDefined: (id, text) => (defined.has(id) ? defined.get(id) === textOf(text) : script.includes(textOf(text))),
    define: (id, text) => void defined.set(id, textOf(text))
  };
}

/**
 * Replaces the tables of an update that are there already under the same names, and
 * gives what remains of it for Framework to do: without these tables, for which it
 * would fill another database and run every query of the page again, and without the
 * cells that it would define anew for the sake of their files alone. Where a table
 * cannot be replaced, all remains, so that its figures say why.
 */
export async function takeReplacements<U extends PageUpdate>(update: U, tables: PageTables, cells: PageCells): Promise<U> {
  const {removed, added} = update.tables;
  const digestOf = (path: string): string | undefined => update.files.added.filter(({name}) => name === path).map((file) => digestIn(file.path))[0];
  const wanted = new Map(added.flatMap(({name, path}) => {
    const digest = removed.includes(name) && tables.pathOf(name) === path ? digestOf(path) : undefined;
    return digest === undefined ? [] : [[name, digest] as const];
  }));
  const isTaken = wanted.size > 0 && (await tables.replace(wanted)).length === 0;
  const others = isTaken ? {removed: removed.filter((name) => !wanted.has(name)), added: added.filter(({name}) => !wanted.has(name))} : update.tables;
  tables.follow(others);

  const files = new Set(added.flatMap(({name, path}) => (wanted.has(name) ? [path] : [])));
  const areOnlyTables = isTaken && update.files.added.every(({name}) => files.has(name)) && update.files.removed.every((name) => files.has(name));
  const same = new Set(areOnlyTables ? update.code.added.filter((text) => update.code.removed.includes(idOf(text)) && cells.isDefined(idOf(text), text)).map(idOf) : []);
  const code = {removed: update.code.removed.filter((id) => !same.has(id)), added: update.code.added.filter((text) => !same.has(idOf(text)))};
  for (const text of code.added) cells.define(idOf(text), text);
  return {...update, tables: others, code};
}
