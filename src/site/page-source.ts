/** What a page's source says of its data. */
export type PageSource = {
  /** The tables of its SQL: the file of each under `data`, without ending, by the name that it has there. */
  readonly tables: Readonly<Record<string, string>>;
  /** Whether it draws figures. */
  readonly hasFigures: boolean;
};

/** Reads the front matter and the imports of a page. */
export function readPageSource(source: string): PageSource {
  const head = /^---\n([\s\S]*?)\n---\n/.exec(source)?.[1] ?? "";
  const sources = /^sql:\n((?:[ \t]+\S.*\n?)+)/m.exec(`${head}\n`)?.[1] ?? "";
  const tables = Array.from(sources.matchAll(/^\s+(\w+):\s*\.\/data\/(.+)\.arrow\s*$/gm), ([, name, file]) => [name!, file!] as const);
  return {tables: Object.fromEntries(tables), hasFigures: source.includes('from "./components/figure.js"')};
}
