import {main} from "../../src/command-line/main.ts";

/** Runs one command, the words after the project's folder, in this process until it ends. */
const [, , root, ...words] = process.argv;
process.exitCode = await main(root!, words);
