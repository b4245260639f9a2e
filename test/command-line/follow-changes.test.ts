import assert from "node:assert/strict";
import {test} from "node:test";
import {followChanges} from "../../src/command-line/follow-changes.ts";
import {InterruptedError} from "../../src/pipeline/index.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("changes that come together give one update; one that comes during it interrupts it and gives the next", async (t) => {
  t.mock.timers.enable({apis: ["setTimeout"]});
  const said: string[] = [];
  let end: (error?: Error) => void = () => {};
  const update = (): Promise<void> => {
    said.push("begins");
    return new Promise((resolve, reject) => (end = (error) => (error === undefined ? resolve() : reject(error))));
  };
  const interrupt = (): void => {
    said.push("interrupted");
    end(new InterruptedError());
  };
  const follower = followChanges({update, interrupt, settled: 30, onFault: (error) => said.push((error as Error).message)});
  follower.changed();
  t.mock.timers.tick(20);
  follower.changed();
  t.mock.timers.tick(29);
  assert.deepEqual(said, []);
  t.mock.timers.tick(1);
  assert.deepEqual(said, ["begins"]);
  follower.changed();
  t.mock.timers.tick(30);
  await turn();
  assert.deepEqual(said, ["begins", "interrupted", "begins"]);
  end(new Error("a wrong value"));
  await turn();
  assert.deepEqual(said.splice(0), ["begins", "interrupted", "begins", "a wrong value"]);
  follower.changed();
  t.mock.timers.tick(30);
  await follower.close();
  follower.changed();
  t.mock.timers.tick(1000);
  assert.deepEqual(said, ["begins", "interrupted"]);
});
