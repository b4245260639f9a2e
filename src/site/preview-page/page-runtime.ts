/** A variable of Observable's runtime: a cell of the page, or a name that one defines. */
interface Variable {
  readonly _definition: unknown;
  /** What the cell alone is given: `display` and `view`, which clear away what it showed when they are new. */
  readonly _shadow: ReadonlyMap<string, Variable> | null;
}

/** Observable's runtime, as far as Framework's own client reaches into it. */
export interface PageRuntime {
  readonly _variables: ReadonlySet<Variable>;
  readonly _updates: Set<Variable>;
  readonly _compute: () => unknown;
}

/** The constructor of runtimes. */
export interface RuntimeConstructor {
  readonly prototype: {module: (this: unknown, ...given: unknown[]) => unknown};
}

/** Gives the first runtime that is made from now on, which is the page's: Framework keeps it to itself. */
export function catchRuntime({prototype}: RuntimeConstructor): () => PageRuntime | undefined {
  const {module} = prototype;
  let caught: unknown;
  prototype.module = function (...given) {
    prototype.module = module;
    caught = this;
    return module.apply(this, given);
  };
  return () => caught as PageRuntime | undefined;
}

/**
 * Whether the text of a cell reads a table: where SQL names it, after FROM, JOIN, a comma
 * or the like, or where its file is attached. Queries bind values, so the name of a table
 * stands in their text as it is.
 */
export function readsTable(text: string, name: string, path: string): boolean {
  const escaped = name.replace(/[^\w]/g, "\\$&");
  const table = new RegExp(`(?:\\b(?:from|join|table|describe|summarize|pivot|unpivot)\\b|,)[\\s(]*(?:main\\.)?"?${escaped}(?![\\w$])`, "i");
  return table.test(text) || text.includes(`FileAttachment(${JSON.stringify(path)})`);
}

/** Runs again the cells that read tables, and what depends on them, as after an edit of these cells. */
export function rerunReaders(runtime: PageRuntime, tables: ReadonlyMap<string, string>): void {
  const reads = ({_definition: definition}: Variable): boolean => typeof definition === "function" && [...tables].some(([name, path]) => readsTable(String(definition), name, path));
  const readers = [...runtime._variables].filter(reads);
  for (const variable of readers.flatMap((reader) => [reader, ...(reader._shadow?.values() ?? [])])) runtime._updates.add(variable);
  runtime._compute();
}
