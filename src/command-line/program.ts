import {Command, InvalidArgumentError, Option} from "commander";
import {checkPort} from "./check-port.ts";
import {commands, options, presets} from "./commands.mjs";
import type {CommandName, OptionName} from "./commands.mjs";
import {exitCodesHelp} from "./exit-codes.ts";

/** What a command does with its options and words; resolves to the exit code. */
export type Handler = (options: never, words: readonly string[]) => Promise<number>;

/** A parser of an option's text that says what is wrong with it as commander does. */
function parsed<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`expected a whole number, found ${JSON.stringify(text)}`);
  return Number(text);
}

function optionOf(name: OptionName): Option {
  const {flags, description, initial} = options[name];
  const option = new Option(flags, description);
  if (initial !== undefined) option.default(initial);
  switch (name) {
    case "preset":
      return option.choices(presets).default("quick");
    case "set":
      return option.argParser((text: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), text]);
    case "sample":
      return option.argParser(parsed(wholeNumber)).default(5);
    case "seed":
      return option.argParser(parsed(wholeNumber));
    case "previewPort":
    case "sitePort":
      return option.argParser(parsed((text: string) => String(checkPort(text))));
    default:
      return option;
  }
}

/** The command line of the project: every command with its options, help and example. @param finish hears the exit code of the command that ran */
export function buildProgram(handlers: Readonly<Record<CommandName, Handler>>, finish: (code: number) => void): Command {
  const program = new Command("driftbook")
    .description("Five papers on the noise of stochastic gradient descent, reproduced as one report")
    .exitOverride()
    .addHelpText("after", `\nRun a command as: npm run <command> -- <options>\nIn scripts: npm run --silent <command> -- --json, for npm itself writes lines too\n\n${exitCodesHelp}\n`);
  for (const {name, description, argument, options: names, example} of commands) {
    const command = program
      .command(name)
      .description(description)
      .action(async function (this: Command) {
        finish(await handlers[name](this.opts() as never, this.args));
      });
    for (const option of names) command.addOption(optionOf(option));
    if (argument !== undefined) command.argument(argument.name, argument.description);
    if (name === "bench") command.allowUnknownOption();
    if (example !== null) command.addHelpText("after", `\nExample: npm run ${example}\n\n${exitCodesHelp}\n`);
  }
  return program;
}
