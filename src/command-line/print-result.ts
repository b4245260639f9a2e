import {plainText} from "../pipeline/index.ts";

/** Where the result of a command goes. */
export interface ResultOptions {
  readonly json?: boolean;
}

/** Prints the result of a command on standard output: lines for a person, with no control characters, or one JSON document. */
export function printResult({json = false}: ResultOptions, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${plainText(line)}\n`).join(""));
}
