import {execFileSync} from "node:child_process";
import {existsSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import type {parameterSectionsOf} from "../papers/index.ts";
import {decodeTable, manifestTable, readManifest, readMetadata} from "../pipeline/index.ts";
import type {Manifest} from "../pipeline/index.ts";
import {claimsTable, escapeHtml, keptRunsHtml, openDatabase, readPageSource, verdictCard} from "../site/index.ts";
import type {ComparedRun, Directive, PageValues} from "../site/index.ts";
import type {Verdict} from "../verdicts/index.ts";
import {comparedRuns} from "./compared-runs.ts";
import {sourceListing} from "./source-listing.ts";

const paperTitles = {
  "power-law-escape": "Power-law escape rate of SGD (Mori, Ziyin, Liu, Ueda, ICML 2022)",
  "heavy-tails": "Emergence of heavy tails in homogenized SGD (Jiao, Keller-Ressel, NeurIPS 2024)",
  "noise-geometry": "The noise geometry of SGD (Wang, Wu, arXiv 2310.00692)",
  "parameter-averaging": "Parameter averaging for SGD stabilizes the implicit bias towards flat regions (Nitanda, Kikuchi, Maeda, Wu, AISTATS 2024)",
  "stochastic-modified-flows": "Stochastic modified flows, mean-field limits and dynamics of SGD (Gess, Kassing, Konarovskyi, JMLR 2024)",
  "one-noise-model": "One noise model, five papers"
} satisfies Record<keyof typeof parameterSectionsOf, string>;

/** The name of a table in the SQL of pages: underscores for hyphens, so that it needs no quotes. */
export const sqlName = (table: string): string => table.replaceAll("-", "_");

const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
const shown = (value: unknown): string => (Array.isArray(value) ? value.map(shown).join(", ") : typeof value === "object" && value !== null ? Object.values(value).map(shown).join(", ") : String(value));

function parametersTable({preset, parameters}: Manifest["run"], paper: string, section: string): string {
  const {seed, sections} = parameters[paper]!;
  const rows = [...Object.entries(sections[section] as Record<string, unknown>), ["seed", seed] as const];
  const cells = rows.map(([name, value]) => `<tr><th scope="row"><code>${escapeHtml(words(name))}</code></th><td>${escapeHtml(shown(value))}</td></tr>`).join("");
  return `<table class="parameters"><caption>Parameters of the preset <code>${escapeHtml(preset)}</code>, from <code>data/parameters/${escapeHtml(paper)}.jsonc</code>, section <code>${escapeHtml(section)}</code></caption><tbody>${cells}</tbody></table>`;
}

/** The data of the report for the prose of its pages: SQL over all tables, verdicts, parameters, provenance, kept runs. */
export async function openReport(root: string, manifestPath: string): Promise<PageValues> {
  const database = await openDatabase();
  let manifest: Manifest = readManifest(manifestPath);
  let runs: readonly ComparedRun[] = [];
  let readAt = -1;
  const loaded = new Map<string, string>();

  const refresh = (): void => {
    const {mtimeMs} = statSync(manifestPath);
    if (mtimeMs === readAt) return;
    readAt = mtimeMs;
    manifest = readManifest(manifestPath);
    runs = comparedRuns(manifest);
  };
  /** Puts the tables whose names are among the words of a statement into the database, as they now are. */
  const loadTablesOf = (sql: string): void => {
    const written = new Set(sql.toLowerCase().match(/\w+/g));
    for (const [table, entry] of Object.entries(manifest.run.tables)) {
      if (!written.has(sqlName(table)) || "error" in entry || loaded.get(table) === entry.object) continue;
      if (loaded.has(table)) database.query(`DROP TABLE ${sqlName(table)}`);
      database.insertArrowStream(sqlName(table), manifestTable(manifest, table));
      loaded.set(table, entry.object);
    }
  };
  const query: PageValues["query"] = (sql) => {
    refresh();
    loadTablesOf(sql);
    return database.query(sql);
  };
  const remembered = new Map<string, {readonly object: string; readonly value: unknown}>();
  /** What is read from a table, remembered while the table stays the same: a page asks for it again and again. */
  const readOnce = <T>(purpose: string, table: string, read: (bytes: Uint8Array, name: string) => T): T => {
    refresh();
    const entry = manifest.run.tables[table];
    const known = remembered.get(`${purpose} ${table}`);
    if (entry !== undefined && "object" in entry && known?.object === entry.object) return known.value as T;
    const value = read(manifestTable(manifest, table), `table ${table}`);
    remembered.set(`${purpose} ${table}`, {object: (entry as {readonly object: string}).object, value});
    return value;
  };
  const metadataOf = (table: string): Readonly<Record<string, string>> => readOnce("metadata", table, readMetadata);
  const verdicts = (): readonly Verdict[] => readOnce("rows", "verdicts", (bytes, name) => decodeTable(bytes, name).rows as unknown as readonly Verdict[]);

  const directives: Record<string, Directive> = {
    claims: () => claimsTable(verdicts(), paperTitles),
    verdicts(prefix) {
      const chosen = verdicts().filter(({id}) => id === prefix || id.startsWith(`${prefix}.`));
      if (chosen.length === 0) throw new Error(`expected the beginning of a claim's id, found ${JSON.stringify(prefix)}; the claims are ${verdicts().map(({id}) => id).join(", ")}`);
      return chosen.map(verdictCard).join("\n");
    },
    source: (path) => sourceListing(root, path),
    provenance(argument) {
      const tables = argument.split(/\s+/);
      const described = tables.map((table) => ({table, ...metadataOf(table)}) as Readonly<Record<string, string>>);
      const sections = new Map(described.flatMap(({paper, experiment}) => (paper === undefined || experiment === undefined ? [] : [[`${paper}.${experiment}`, {paper, experiment}] as const])));
      const links = described.map(({table, title}) => `<li>${escapeHtml(title ?? table!)}: <a download href="./data/${table}.arrow">Arrow</a>, <a download href="./data/${table}.csv">CSV</a></li>`);
      return (
        [...sections.values()].map(({paper, experiment}) => parametersTable(manifest.run, paper, experiment)).join("") +
        `<ul class="downloads">${links.join("")}</ul>` +
        `<p>Run it again after a change: <code>npm run tables -- ${escapeHtml(tables.join(" "))}</code>, or <code>npm run build</code> for the whole report.</p>`
      );
    },
    built() {
      const libraries = Object.keys(manifest.run.tables).flatMap((table) => {
        const {tensorLibrary} = metadataOf(table);
        return tensorLibrary === undefined ? [] : [JSON.parse(tensorLibrary) as {tfjs: string; tensorflow: string; source: string; sha256: string | null}];
      });
      const [library] = libraries;
      const tensors = library === undefined ? "" : `, tensors by tfjs-node ${library.tfjs} on TensorFlow ${library.tensorflow} (${library.source}${library.sha256 === null ? "" : `, sha256 ${library.sha256.slice(0, 12)}…`})`;
      return `<p class="note-small">Built with the preset <code>${escapeHtml(manifest.run.preset)}</code> from ${escapeHtml(revision(root))}${escapeHtml(tensors)}.</p>`;
    }
  };
  const belowHead: PageValues["belowHead"] = ({path}) => {
    refresh();
    const file = join(root, "docs", `${path}.md`);
    if (runs.length === 0 || !existsSync(file)) return "";
    const source = readPageSource(readFileSync(file, "utf8"));
    const isHome = path === "/index";
    if (!isHome && !source.hasFigures) return "";
    const shown = [...new Set(Object.values(source.tables))].filter((table) => Object.hasOwn(manifest.run.tables, table));
    const papers = isHome ? null : [...new Set(shown.map((table) => metadataOf(table).paper ?? ""))];
    const pageOf = new Map(verdicts().map(({id, href}) => [id, `/${href.replace(/^\//, "").split("#")[0]!}`]));
    return keptRunsHtml(runs, {...source, papers, isOnPage: (claim) => isHome || pageOf.get(claim) === path});
  };
  refresh();
  return {query, directives, belowHead};
}

/** The commit of the checkout with its date, or that there is none. */
function revision(root: string): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, {cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]}).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : ", with uncommitted changes";
    return `commit ${git("rev-parse", "--short=10", "HEAD")} of ${git("log", "-1", "--format=%cs")}${changed}`;
  } catch {
    return "files outside a git checkout";
  }
}
