import {cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {TestContext} from "node:test";
import {openProject, openSession, runTables} from "../../src/pipeline/index.ts";
import type {Project, RunEffects, RunEvent, RunReport, Session} from "../../src/pipeline/index.ts";

/** The checkout that the tests belong to. */
export const checkout = join(import.meta.dirname, "..", "..");

/** A folder that the test's end removes. */
export function temporaryFolder(t: Pick<TestContext, "after">): string {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A run with what it said and which cells it computed, as `table cell first–last`, sorted. */
export type TalkedRun = RunReport & {readonly lines: readonly string[]; readonly events: readonly RunEvent[]; readonly cells: readonly string[]};

/** A project of its own in a temporary folder, with a copy of this checkout's code and its packages. */
export interface SmallProject {
  readonly root: string;
  readonly project: Project;
  readonly write: (path: string, content: string | Uint8Array) => void;
  /** Runs tables without a word and gives the report with what it said. */
  readonly run: (words?: readonly string[], effects?: Partial<RunEffects>, changes?: Partial<Project>) => Promise<TalkedRun>;
  /** Opens a session that the test's end closes. */
  readonly session: (effects?: Partial<RunEffects>) => Session;
}

/** The cells that a run computed, as `table cell` or `table cell first–last`, sorted. */
export function computedCells(events: readonly RunEvent[]): readonly string[] {
  return events
    .flatMap((event) => (event.kind === "ended" && event.outcome === "computed" ? [`${event.table} ${event.cell}${event.range === null ? "" : ` ${event.range.first}–${event.range.first + event.range.count - 1}`}`] : []))
    .sort();
}

/** Makes a project of the given files; `changes` are those of {@link openProject}. */
export function smallProject(t: Pick<TestContext, "after">, files: Readonly<Record<string, string>>, changes: Partial<Project> = {}): SmallProject {
  return makeProject(t, files, changes, (root) => cpSync(join(checkout, "src"), join(root, "src"), {recursive: true}));
}

/** The same without the library: for loaders that import nothing of it, which are quick to import. */
export function bareProject(t: Pick<TestContext, "after">, files: Readonly<Record<string, string>>, changes: Partial<Project> = {}): SmallProject {
  return makeProject(t, files, changes, (root) => mkdirSync(join(root, "src")));
}

function makeProject(t: Pick<TestContext, "after">, files: Readonly<Record<string, string>>, changes: Partial<Project>, addLibrary: (root: string) => void): SmallProject {
  const root = temporaryFolder(t);
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), content);
  };
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  addLibrary(root);
  cpSync(join(checkout, "package-lock.json"), join(root, "package-lock.json"));
  write("package.json", '{"type": "module", "sideEffects": false}\n');
  mkdirSync(join(root, "loaders"));
  mkdirSync(join(root, "data", "parameters"), {recursive: true});
  for (const [path, text] of Object.entries(files)) write(path, text);
  const project = openProject(root, changes);
  return {
    root,
    project,
    write,
    async run(words, effects = {}, changes = {}) {
      const lines: string[] = [];
      const events: RunEvent[] = [];
      const report = await runTables({...project, ...changes}, words, {workers: 2, log: (line) => void lines.push(line), report: (event) => void events.push(event), ...effects});
      return {...report, lines, events, cells: computedCells(events)};
    },
    session(effects = {}) {
      const session = openSession(project, {workers: 2, log: () => {}, ...effects});
      t.after(() => session.close());
      return session;
    }
  };
}

/** The source of a loader of a derived table: one row with the column `x`, computed by `body`. */
export function loader(body: string, {title = "A number", inputs = [] as readonly string[], head = "", parameters = ""} = {}): string {
  return `import {defineTable, real} from "../src/pipeline/index.ts";
${head}
export default defineTable({
  title: ${JSON.stringify(title)},
  inputs: ${JSON.stringify(inputs)},
  ${parameters}
  columns: {x: real("A number")},
  run: async ({parameters, input}) => { ${body} }
});
`;
}

/** What {@link experimentLoader} may say besides its cells and its run. */
export interface LoaderParts {
  readonly title?: string;
  readonly inputs?: readonly string[];
  readonly head?: string;
  readonly parameters?: string;
}

const bare = ({title = "Numbers", inputs = [], head = "", parameters = "parameters: null,"}: LoaderParts, rest: string): string => `${head}
export default {
  title: ${JSON.stringify(title)},
  inputs: ${JSON.stringify(inputs)},
  ${parameters}
  columns: {x: {type: "real", description: "A number", nullable: false}},
  imageSets: () => [],
  ${rest}
};
`;

/**
 * The source of a loader of an experiment that imports nothing: the cells that
 * `cells` gives of `parameters`, and rows with the column `x` that `body` gives
 * of `reads`, `context` and `inputs`.
 */
export function experimentLoader(cells: string, body: string, parts: LoaderParts = {}): string {
  return bare(parts, `run: null,\n  experiment: {cells: (parameters) => ${cells}, run: async (reads, context, inputs) => { ${body} }}`);
}

/** The source of a loader of a derived table that imports nothing. */
export function derivedLoader(body: string, parts: LoaderParts = {}): string {
  return bare(parts, `experiment: null,\n  run: async ({parameters, input}) => { ${body} }`);
}

/** Every file below a folder, by its relative path. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .sort();
}
