import {bundlePageModules} from "./bundle-page-modules.ts";
import type {PageModules} from "./bundle-page-modules.ts";
import {math} from "./math.ts";
import type {MarkdownIt} from "./markdown.ts";
import {installNpmFromNodeModules} from "./npm-from-node-modules.ts";
import {pageValues} from "./page-values.ts";
import type {PageValues} from "./page-values.ts";
import {siteHead} from "./site-head.ts";
import {dropLoaderOutputs, syncImportCache} from "./sync-import-cache.ts";

export type SiteOptions = {
  /** The folder with `package-lock.json` and `node_modules`. */
  readonly projectRoot: string;
  /** The folder with the pages, relative to the working directory. */
  readonly docsRoot: string;
  /** Where the built site goes. */
  readonly output?: string;
  /** The path under which the site will stand; only the page for unknown paths needs it. */
  readonly base?: string;
  /** The pages in the order of the side bar; the order of their names where absent. */
  readonly pages?: readonly {readonly name: string; readonly path: string}[];
  /** Code of the project that pages import. */
  readonly modules?: PageModules;
  /** The command that prints a loader's table, which gets the loader's path. */
  readonly loaderCommand?: readonly string[];
  /** Where numbers and directives in pages come from; without it pages may have neither. */
  readonly values?: PageValues;
  /** More addresses to build, such as tables to download. */
  readonly dynamicPaths?: readonly string[];
  /** Where pages of a preview hear what it is doing; a built site has none of what that takes. */
  readonly previewStatus?: string | undefined;
};

/**
 * The configuration of the report's site for Observable Framework: built from installed packages alone, with formulas and numbers rendered at
 * build, light and dark, nothing loaded from elsewhere. Calling it installs the answer to Framework's requests,
 * drops its copies of packages if they are out of date and what loaders printed in any case, and bundles the modules that
 * pages import.
 */
export function siteConfig(options: SiteOptions) {
  const {projectRoot, docsRoot, output = "dist", base = "/", pages, modules = {}, loaderCommand, values, dynamicPaths = [], previewStatus} = options;
  installNpmFromNodeModules(projectRoot);
  syncImportCache(docsRoot, projectRoot);
  dropLoaderOutputs(docsRoot);
  bundlePageModules(modules, {projectRoot, docsRoot});
  const fillPages = pageValues(values ?? {query: refuseQuery, directives: {}});
  return {
    root: docsRoot,
    output,
    base,
    title: "Driftbook",
    style: "style.css",
    globalStylesheets: [],
    head: previewStatus === undefined ? siteHead() : ({data}: {readonly data: {readonly sql?: Readonly<Record<string, string>>}}) => siteHead({status: previewStatus, tables: data.sql ?? {}}),
    footer: "",
    search: true,
    linkify: true,
    ...(pages === undefined ? {} : {pages}),
    dynamicPaths,
    ...(loaderCommand === undefined ? {} : {interpreters: {".ts": loaderCommand}}),
    duckdb: {extensions: {json: null, parquet: null}},
    markdownIt: (markdown: MarkdownIt) => fillPages(math(markdown))
  };
}

function refuseQuery(): never {
  throw new Error("no tables are at hand for the numbers of pages");
}
