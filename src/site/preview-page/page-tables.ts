/** What a page's database does, as DuckDB-Wasm does it. */
export interface PageDatabase {
  readonly connect: () => Promise<{
    readonly insertArrowFromIPCStream: (bytes: Uint8Array, options: {readonly name: string; readonly schema: string}) => Promise<unknown>;
    readonly query: (sql: string) => Promise<unknown>;
    readonly close: () => Promise<unknown>;
  }>;
}

/** What the tables of a page take from the page around them. */
export interface TablesPlace {
  /** The address of a registered file, whose `sha` is the digest of what it was when it was registered. @throws where there is none */
  readonly addressOf: (path: string) => string;
  /** What stands at an address now. @throws where there is nothing */
  readonly load: (address: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** The page's one database, once it has been filled. @throws where that failed */
  readonly database: () => Promise<PageDatabase>;
  /** Runs again what reads tables, which are named as in the page's SQL, or their files. */
  readonly rerun: (tables: ReadonlyMap<string, string>) => void;
}

/** A change of the tables that a page names, as Framework tells it. */
export interface TablesPatch {
  readonly removed: readonly string[];
  readonly added: readonly {readonly name: string; readonly path: string}[];
}

/** The tables of an open page, by their names in its SQL. */
export interface PageTables {
  /** The file of a table, or undefined for a name that the page does not have. */
  readonly pathOf: (name: string) => string | undefined;
  /** Takes what the page registered for what it holds. */
  readonly hold: () => void;
  /**
   * Replaces those tables of the page that are other ones than it holds, in its own database, and runs again what reads them.
   * @param wanted the digest of each
   * @returns the names of those that could not be replaced, which stay as they were
   */
  readonly replace: (wanted: ReadonlyMap<string, string>) => Promise<readonly string[]>;
  /** Replaces tables by the digests of the files `data/<name>.arrow`. */
  readonly replaceFiles: (digests: Readonly<Record<string, string>>) => Promise<readonly string[]>;
  /** Follows a change that Framework makes itself: it fills another database where a table is removed. */
  readonly follow: (patch: TablesPatch) => void;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The digest in an address of Framework's, or undefined. */
export const digestIn = (address: string): string | undefined => /[?&]sha=([0-9a-f]{64})\b/.exec(address)?.[1];

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The tables of an open page of the preview. A table is replaced by its file as it
 * is now: should that be a newer one than was asked for, the page holds the newer
 * one. It is put beside the old one first and takes its place in one statement, so
 * that every query finds one of the two, whole.
 * @param sources the file of each table, from the page's front matter
 */
export function openPageTables(sources: Readonly<Record<string, string>>, {addressOf, load, database, rerun}: TablesPlace): PageTables {
  const paths = new Map(Object.entries(sources));
  const held = new Map<string, string>();

  const insert = async (name: string, bytes: Uint8Array): Promise<void> => {
    const connection = await (await database()).connect();
    const pending = `${name} to be`;
    try {
      await connection.insertArrowFromIPCStream(bytes, {name: pending, schema: "main"});
      await connection.query(`CREATE OR REPLACE TABLE ${quoted(name)} AS FROM ${quoted(pending)}`);
    } finally {
      await connection.query(`DROP TABLE IF EXISTS ${quoted(pending)}`).finally(() => connection.close());
    }
  };
  const registered = (path: string): string | undefined => {
    try {
      return digestIn(addressOf(path));
    } catch {
      return undefined;
    }
  };
  /** Whether the page has another table now. */
  const replaceOne = async (name: string, digest: string): Promise<boolean> => {
    const address = new URL(addressOf(paths.get(name)!));
    address.searchParams.set("sha", digest);
    const bytes = await load(address.href);
    const found = await sha256(bytes);
    if (found === held.get(name)) return false;
    await insert(name, bytes);
    held.set(name, found);
    return true;
  };
  const replace: PageTables["replace"] = async (wanted) => {
    const others = [...wanted].filter(([name, digest]) => paths.has(name) && held.get(name) !== digest);
    const outcomes = await Promise.all(others.map(([name, digest]) => replaceOne(name, digest).catch(() => undefined)));
    const withOutcome = (outcome: boolean | undefined): readonly string[] => others.flatMap(([name], i) => (outcomes[i] === outcome ? [name] : []));
    const changed = withOutcome(true);
    if (changed.length > 0) rerun(new Map(changed.map((name) => [name, paths.get(name)!])));
    return withOutcome(undefined);
  };

  return {
    pathOf: (name) => paths.get(name),
    hold() {
      for (const [name, path] of paths) {
        const digest = registered(path);
        if (digest !== undefined) held.set(name, digest);
      }
    },
    replace,
    replaceFiles: (digests) =>
      replace(
        new Map(
          Array.from(paths, ([name, path]) => [name, digests[/^\.\/data\/(.+)\.arrow$/.exec(path)?.[1] ?? ""]] as const).filter((entry): entry is readonly [string, string] => entry[1] !== undefined)
        )
      ),
    follow({removed, added}) {
      if (removed.length > 0) held.clear();
      for (const name of removed) paths.delete(name);
      for (const {name, path} of added) paths.set(name, path);
    }
  };
}
