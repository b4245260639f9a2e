/** What the value of an option, or a word of a command, names. */
export type Values = "preset" | "setting" | "table" | "run" | "named run" | "shell" | "file";

/** An option as commands take it. */
export interface OptionText {
  /** Its name and value as commander reads them: `--port <number>`. */
  readonly flags: string;
  readonly description: string;
  /** What its value names, null where nothing is known of it. */
  readonly values: Values | null;
  /** The value that it has where it is not given. */
  readonly initial?: string;
}

export type OptionName = "preset" | "set" | "name" | "parameters" | "json" | "manifest" | "sample" | "seed" | "dryRun" | "previewPort" | "sitePort" | "installPeers";
export type CommandName = "setup" | "build" | "dev" | "serve" | "tables" | "plan" | "diff" | "runs" | "forget" | "verify" | "store" | "prune" | "complete" | "schemas" | "test" | "bench";

/** A command as help and completion know it: data that Node reads without a loader. */
export interface CommandText {
  readonly name: CommandName;
  readonly description: string;
  /** Its words, as commander reads them. */
  readonly argument?: {readonly name: string; readonly description: string; readonly values: Values};
  readonly options: readonly OptionName[];
  /** The words of an example after `npm run`, null where npm does not run it. */
  readonly example: string | null;
}

export const options: Readonly<Record<OptionName, OptionText>>;
export const commands: readonly CommandText[];
export const presets: readonly string[];
export const shells: readonly string[];
