/**
 * The words that may stand in the place of the last of `words`, which is begun
 * or empty: commands, options, tables, papers, sections, parameters with their
 * values, kept runs, by what the last run left beside the store of the project at
 * `root`. Reads a few files and loads no library, so that a shell need not wait.
 * Nothing where only a person knows, or the shell knows better, as of files.
 */
export function candidatesOf(root: string, words: readonly string[]): readonly string[];
