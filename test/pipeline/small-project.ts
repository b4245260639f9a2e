import {cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {TestContext} from "node:test";
import {openProject, runTables} from "../../src/pipeline/index.ts";
import type {Project, RunEffects, RunReport} from "../../src/pipeline/index.ts";

/** The checkout that the tests belong to. */
export const checkout = join(import.meta.dirname, "..", "..");

/** A folder that the test's end removes. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A project of its own in a temporary folder, with a copy of this checkout's code and its packages. */
export interface SmallProject {
  readonly root: string;
  readonly project: Project;
  readonly write: (path: string, content: string | Uint8Array) => void;
  /** Runs tables without a word and gives the report with the lines it logged. */
  readonly run: (names?: readonly string[], effects?: Partial<RunEffects>) => Promise<RunReport & {readonly lines: readonly string[]}>;
}

/** Makes a project of the given files; `changes` are those of {@link openProject}. */
export function smallProject(t: TestContext, files: Readonly<Record<string, string>>, changes: Partial<Project> = {}): SmallProject {
  const root = temporaryFolder(t);
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), content);
  };
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  for (const copied of ["src", "package-lock.json"]) cpSync(join(checkout, copied), join(root, copied), {recursive: true});
  write("package.json", '{"type": "module", "sideEffects": false}\n');
  mkdirSync(join(root, "loaders"));
  for (const [path, text] of Object.entries(files)) write(path, text);
  const project = openProject(root, changes);
  return {
    root,
    project,
    write,
    async run(names, effects = {}) {
      const lines: string[] = [];
      const silent = () => () => ({report: () => {}, end: () => {}});
      const report = await runTables(project, names, {workers: 2, log: (line) => void lines.push(line), progress: silent, ...effects});
      return {...report, lines};
    }
  };
}

/** The source of a loader: one row with the column `x`, computed by `body`. */
export function loader(body: string, {title = "A number", inputs = [] as readonly string[], head = "", parameters = ""} = {}): string {
  return `import {defineTable, real} from "../src/pipeline/index.ts";
${head}
export default defineTable({
  title: ${JSON.stringify(title)},
  inputs: ${JSON.stringify(inputs)},
  ${parameters}
  columns: {x: real("A number")},
  run: async ({parameters, context, input, images}) => { ${body} }
});
`;
}

/** Every file below a folder, by its relative path. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .sort();
}
