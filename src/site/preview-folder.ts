import {copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {previewStyle, previewStyleSheet} from "./preview-style.ts";

/** Where a preview takes its pages from and what it puts beside them. */
export interface PreviewFolderPlace {
  /** The folder that the preview has for itself. */
  readonly folder: string;
  /** The folder with the pages. */
  readonly docsRoot: string;
  /** The folder of the loaders, which stands as `data` among the pages. */
  readonly loadersRoot: string;
  /** Names among the pages that the preview writes itself. */
  readonly written: readonly string[];
}

/** Pages as links, with tables that are replaced in one step; Framework shows it as its root. */
export interface PreviewFolder {
  readonly root: string;
  /** Links what is among the pages now. */
  readonly link: () => void;
  /**
   * Puts tables in place of those that stood there.
   * @param tables the file of each, or null for one that there is none of, whose loader then says why
   * @returns whether any table is another one than before
   */
  readonly show: (tables: Readonly<Record<string, string | null>>) => boolean;
  /**
   * Has every open page look at its tables and its words again, once, and drops what loaders printed.
   * @param areRunsOthers whether the kept runs are others than before: their tables are dropped only then, so that a page that fetches one gets it
   */
  readonly announce: (areRunsOthers: boolean) => void;
}

const cache = ".observablehq";

/** Replaces what stands at `path` by a link in one step, unless it is that link. */
function linkTo(target: string, path: string): void {
  const pending = `${path}.${process.pid}`;
  rmSync(pending, {force: true});
  symlinkSync(resolve(target), pending);
  renameSync(pending, path);
}

const isThere = (path: string): boolean => lstatSync(path, {throwIfNoEntry: false}) !== undefined;

/**
 * Opens the folder of a preview. Framework keeps what it makes below its root, so
 * a preview with a root of its own can run beside builds and other previews;
 * its copies of packages are kept for the next preview of the same folder.
 *
 * A table stands there as a file, which Framework knows by its content and
 * serves without starting a loader. It is a link to a fresh copy: Framework
 * reads content again only where the time of a file is later, and hears nothing
 * of a link that is replaced, so that it looks at all tables of a page at once,
 * when `announce` touches the one style sheet that every page watches.
 */
export function openPreviewFolder({folder, docsRoot, loadersRoot, written}: PreviewFolderPlace): PreviewFolder {
  const root = join(folder, "pages");
  const data = join(root, "data");
  const copies = join(folder, "tables");
  const own = new Set([cache, "data", previewStyleSheet, ...written]);
  const shown = new Map<string, string | null>();
  let count = 0;

  const link = (): void => {
    const pages = readdirSync(docsRoot).filter((name) => !own.has(name) && !name.startsWith("."));
    for (const name of readdirSync(root)) if (!own.has(name) && !pages.includes(name)) rmSync(join(root, name), {recursive: true, force: true});
    for (const name of pages) if (!isThere(join(root, name))) linkTo(join(docsRoot, name), join(root, name));
  };

  const put = (table: string, file: string | null): void => {
    const [path, loader] = [join(data, `${table}.arrow`), join(data, `${table}.arrow.ts`)];
    if (file === null) {
      linkTo(join(loadersRoot, `${table}.arrow.ts`), loader);
      rmSync(path, {force: true});
      return;
    }
    const copy = join(copies, `${table}.${count++}`);
    copyFileSync(file, copy);
    const now = new Date();
    utimesSync(copy, now, now);
    linkTo(copy, path);
    rmSync(loader, {force: true});
  };

  mkdirSync(root, {recursive: true});
  for (const name of readdirSync(root)) if (name !== cache) rmSync(join(root, name), {recursive: true, force: true});
  rmSync(copies, {recursive: true, force: true});
  for (const made of [copies, data]) mkdirSync(made);
  link();
  for (const name of readdirSync(loadersRoot)) if (!name.endsWith(".arrow.ts")) linkTo(join(loadersRoot, name), join(data, name));
  writeFileSync(join(root, previewStyleSheet), previewStyle);

  return {
    root,
    link,
    show(tables) {
      const others = Object.entries(tables).filter(([table, file]) => !shown.has(table) || shown.get(table) !== file);
      const gone = [...shown.keys()].filter((table) => !Object.hasOwn(tables, table));
      for (const [table, file] of others) {
        put(table, file);
        shown.set(table, file);
      }
      for (const table of gone) {
        for (const name of [`${table}.arrow`, `${table}.arrow.ts`]) rmSync(join(data, name), {force: true});
        shown.delete(table);
      }
      return others.length + gone.length > 0;
    },
    announce(areRunsOthers) {
      const outputs = join(root, cache, "cache", "data");
      const printed = existsSync(outputs) ? readdirSync(outputs) : [];
      for (const name of printed) if (areRunsOthers || name !== "runs") rmSync(join(outputs, name), {recursive: true, force: true});
      const now = new Date();
      utimesSync(join(root, previewStyleSheet), now, now);
    }
  };
}
