import {distance} from "fastest-levenshtein";
import type {ProjectDescription} from "../describe/index.ts";
import {checkName} from "../names.ts";

const longestWord = 80;

type Tables = ProjectDescription["tables"];

/** The words that select tables of a project: tables, papers, and sections of papers. */
export function tableWords({tables}: Pick<ProjectDescription, "tables">): readonly string[] {
  return [...new Set([...Object.keys(tables), ...Object.values(tables).flatMap(({paper, section}) => (paper === null ? [] : [paper, `${paper}.${section}`]))])].sort();
}

const expected = "tables: expected a table, a paper or a section of one";
const section = /^[A-Za-z][A-Za-z0-9]*$/;
const longestSection = 80;

const isName = (word: string): boolean => {
  try {
    return checkName(word, "tables") === word;
  } catch {
    return false;
  }
};

/**
 * Refuses words that can select nothing in any project, before a file of it is touched.
 * @throws RangeError naming the word and what was expected
 */
export function checkTableWords(words: readonly string[] = []): void {
  for (const word of words) {
    const [name = "", ...rest] = word.split(".");
    const isSection = rest.length === 1 && section.test(rest[0]!) && rest[0]!.length <= longestSection;
    if (isName(name) && (rest.length === 0 || isSection)) continue;
    const found = word.length > longestWord ? `${word.length} characters: ${JSON.stringify(word.slice(0, longestWord))}…` : JSON.stringify(word);
    throw new RangeError(`${expected}, by a name such as first-passage, heavy-tails or heavy-tails.lawFits, found ${found}`);
  }
}

function unknown(word: string, known: readonly string[]): RangeError {
  const [best] = known.map((name) => ({name, edits: distance(word.slice(0, longestWord), name)})).sort((a, b) => a.edits - b.edits);
  const hint = best !== undefined && best.edits <= Math.max(2, best.name.length / 3) ? `did you mean ${best.name}?` : `the tables are ${known.join(", ")}`;
  return new RangeError(`${expected}, found ${JSON.stringify(word.slice(0, longestWord))}; ${hint}`);
}

/**
 * The tables that words select: a table by its name, all of a paper, or all of
 * a section as `paper.section`; every table where no words are given.
 * @throws RangeError for a word that selects nothing, with the nearest that does
 */
export function selectTables({tables}: Pick<ProjectDescription, "tables">, words?: readonly string[]): readonly string[] {
  if (words === undefined) return Object.keys(tables);
  const selected = words.flatMap((word) => {
    if (Object.hasOwn(tables, word)) return [word];
    const of = Object.keys(tables).filter((name) => {
      const {paper, section} = tables[name]!;
      return paper !== null && (paper === word || `${paper}.${section}` === word);
    });
    if (of.length === 0) throw unknown(word, tableWords({tables}));
    return of;
  });
  return [...new Set(selected)];
}

/**
 * Tables with their inputs, each after what it reads.
 * @throws RangeError for a circle, or an input that is no table
 */
export function withInputs(names: readonly string[], {tables}: {readonly tables: Tables}): readonly string[] {
  const wanted = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) throw new RangeError(`tables: ${[...path.slice(path.indexOf(name)), name].join(" → ")} is a circle of inputs`);
    if (wanted.has(name)) return;
    const table = Object.hasOwn(tables, name) ? tables[name]! : undefined;
    if (table === undefined) throw new RangeError(`${path.at(-1)}: expected a table, found ${JSON.stringify(name)}; the tables are ${Object.keys(tables).join(", ")}`);
    if ("inputs" in table) for (const input of table.inputs) visit(input, [...path, name]);
    wanted.add(name);
  };
  for (const name of names) visit(name, []);
  return [...wanted];
}

/**
 * What is wrong with the parameters of tables and their inputs, each fault once.
 * @param words as for {@link selectTables}
 */
export function parameterFaults({tables}: Pick<ProjectDescription, "tables">, words?: readonly string[]): readonly string[] {
  const names = withInputs(selectTables({tables}, words), {tables});
  return [...new Set(names.flatMap((name) => ("error" in tables[name]! && tables[name].isInput ? [tables[name].error] : [])))];
}
