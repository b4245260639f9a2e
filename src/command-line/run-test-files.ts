import {availableParallelism} from "node:os";
import {run} from "node:test";
import {spec} from "node:test/reporters";

/** Runs the test files that its arguments name, each in a process of its own, one for each core at a time, in their order. */
run({files: process.argv.slice(2), concurrency: availableParallelism()})
  .on("test:fail", ({todo}) => {
    if (todo === undefined || todo === false) process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
