import {readFile, readdir} from "node:fs/promises";
import {join, posix, sep} from "node:path";
import {readSources} from "./module-references.ts";
import type {SourceText} from "./module-references.ts";
import {readPage} from "./page-references.ts";
import type {PageContent} from "./page-references.ts";
import type {Reference, SiteProblem} from "./site-problem.ts";

export type {SiteProblem} from "./site-problem.ts";

/**
 * Checks every page, script and style of a built site: that no script imports a bare name, every address inside the site leads to
 * a file and every `#anchor` to an element, and that nothing is loaded from outside. A link that a reader follows may lead outside.
 *
 * @param folder the built site. @returns the problems in the order of their files, none when the site is whole.
 */
export async function checkSite(folder: string): Promise<readonly SiteProblem[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relativeName(folder, join(entry.parentPath ?? entry.path, entry.name)));
  const site = {files: new Set(files), pages: new Map<string, PageContent>()};
  const sources: SourceText[] = [];
  for (const file of files.sort()) {
    const extension = posix.extname(file);
    if (extension === ".html") {
      const page = readPage(file, await readFile(join(folder, file), "utf8"));
      site.pages.set(file, page);
      page.scripts.forEach((text, index) => sources.push({name: `${file}#script${index}`, file, text, language: "js"}));
      page.styles.forEach((text, index) => sources.push({name: `${file}#style${index}`, file, text, language: "css"}));
    } else if (extension === ".js" || extension === ".css") {
      sources.push({name: file, file, text: await readFile(join(folder, file), "utf8"), language: extension === ".js" ? "js" : "css"});
    }
  }
  const {references, problems} = await readSources(sources);
  const all = [...[...site.pages.values()].flatMap((page) => page.references), ...references];
  const found = [...problems, ...all.flatMap((reference) => checkReference(reference, site))];
  const unique = new Map(found.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort((a, b) => compare(a.file, b.file));
}

type Site = {readonly files: ReadonlySet<string>; readonly pages: ReadonlyMap<string, PageContent>};

/** Framework's library names every package and part that it could load for a page; those that no page uses are not there. */
const neverLoaded = /^(?:_npm\/(?:@[^/]+\/)?[^/]+@0\.0\.0-not-installed\/|_observablehq\/stdlib\/[\w-]+\.js$)/;

function checkReference({file, address, use}: Reference, site: Site): readonly SiteProblem[] {
  const problem = (kind: SiteProblem["kind"]): readonly SiteProblem[] => [{kind, file, detail: address}];
  if (/^(?:data|blob|about|javascript):/i.test(address)) return [];
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith("//")) return use === "link" && !address.startsWith("//") ? [] : problem("outside address");
  if (use === "module" && !/^\.{0,2}\//.test(address)) return problem("bare specifier");
  const [, path = "", anchor] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address)!;
  const base = file === "404.html" ? "" : posix.dirname(file);
  const target = path === "" ? file : posix.normalize(path.startsWith("/") ? path.slice(1) : posix.join(base, decode(path)));
  if (target.startsWith("..") || (path.startsWith("/") && file !== "404.html")) return problem("missing target");
  if (file.startsWith("_observablehq/") && neverLoaded.test(target)) return [];
  const found = [target, ...(use === "link" ? pageNames(target) : [])].find((name) => site.files.has(name));
  if (found === undefined) return problem("missing target");
  const anchors = site.pages.get(found)?.anchors;
  const isBroken = anchor !== undefined && anchor !== "" && anchor !== "top" && anchors !== undefined && !anchors.has(decode(anchor));
  return isBroken ? problem("broken anchor") : [];
}

function pageNames(target: string): readonly string[] {
  const trimmed = target.replace(/\/$/, "");
  return [`${trimmed}.html`, trimmed === "." || trimmed === "" ? "index.html" : `${trimmed}/index.html`];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function relativeName(folder: string, path: string): string {
  return path.slice(join(folder, sep).length).split(sep).join("/");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
