import {mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {projectFingerprint} from "../describe/index.ts";
import type {ProjectDescription, SourceRecord} from "../describe/index.ts";
import {listTables} from "../project.ts";
import type {Project} from "../project.ts";
import {sha256} from "../store/index.ts";
import type {Store} from "../store/index.ts";
import type {Workers} from "../workers/index.ts";

/** Descriptions of a project, kept beside the store so that an unchanged one costs no start of a worker. */
export interface Descriptions {
  /**
   * @param code fingerprint of the project's code
   * @param checkInterrupted throws once the description is no longer wanted
   * @throws RangeError for a loader whose file cannot name a table
   */
  readonly describe: (project: Project, code: string, checkInterrupted?: () => void) => Promise<ProjectDescription>;
  /** The source record of an earlier run, where it is still known. */
  readonly source: (digest: string) => SourceRecord | undefined;
}

const mostKept = 12;

function attempt<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch {
    return undefined;
  }
}

/** A file whose first line is the digest of the rest; undefined if it is absent or damaged. */
function readChecked<T>(path: string): T | undefined {
  return attempt(() => {
    const text = readFileSync(path, "utf8");
    const body = text.slice(65);
    return sha256(body) === text.slice(0, 64) ? (JSON.parse(body) as T) : undefined;
  });
}

function writeChecked(path: string, value: unknown): void {
  const body = JSON.stringify(value);
  const temporary = `${path}.${process.pid}.tmp`;
  attempt(() => {
    writeFileSync(temporary, `${sha256(body)}\n${body}`);
    renameSync(temporary, path);
  });
}

/**
 * Opens the descriptions that are kept beside a store. They are a shortcut and
 * no more: one is taken only where the fingerprint of code, parameter files,
 * preset and settings is the same, and a damaged one is made again.
 */
export function openDescriptions(store: Pick<Store, "folder">, workers: Pick<Workers, "ask">): Descriptions {
  const folders = {descriptions: join(store.folder, "descriptions"), sources: join(store.folder, "sources")};
  const pathOf = (kind: keyof typeof folders, name: string) => join(folders[kind], `${name}.json`);

  /** Has the project described; a loader that ends the process that imports it is left out from then on. */
  const ask = async (project: Project, checkInterrupted: () => void): Promise<ProjectDescription> => {
    const broken: Record<string, string> = {};
    for (;;) {
      let at: string | undefined;
      try {
        const reply = await workers.ask({kind: "describe", project, broken}, (message) => {
          if (message.kind === "describing") at = message.table;
        });
        if (reply.kind !== "described") throw new Error("the project's worker did not describe it");
        return reply.description;
      } catch (error) {
        checkInterrupted();
        if (at === undefined || broken[at] !== undefined) throw error;
        broken[at] = (error as Error).message;
      }
    }
  };

  const keep = (fingerprint: string, description: ProjectDescription): void => {
    attempt(() => Object.values(folders).forEach((folder) => mkdirSync(folder, {recursive: true})));
    for (const [digest, source] of Object.entries(description.sources)) if (attempt(() => statSync(pathOf("sources", digest))) === undefined) writeChecked(pathOf("sources", digest), source);
    writeChecked(pathOf("descriptions", fingerprint), description);
    const files = attempt(() => readdirSync(folders.descriptions).map((name) => ({path: join(folders.descriptions, name), time: statSync(join(folders.descriptions, name)).mtimeMs}))) ?? [];
    for (const {path} of files.sort((a, b) => b.time - a.time).slice(mostKept)) attempt(() => rmSync(path));
  };

  return {
    async describe(project, code, checkInterrupted = () => {}) {
      listTables(project);
      const fingerprint = projectFingerprint(project, code);
      const known = readChecked<ProjectDescription>(pathOf("descriptions", fingerprint));
      if (known !== undefined) return known;
      const description = await ask(project, checkInterrupted);
      const isWhole = Object.values(description.tables).every((table) => !("error" in table));
      if (isWhole && projectFingerprint(project) === fingerprint) keep(fingerprint, description);
      return description;
    },
    source: (digest) => readChecked<SourceRecord>(pathOf("sources", digest))
  };
}
