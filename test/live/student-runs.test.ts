import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../src/kernels/index.ts";
import {runStudentDiffusion, studentChoices, studentRuns} from "../../src/live/index.ts";

const {seed, timeStep, replicas} = studentChoices;

test("each choice that a reader has is a cell of its own, which reads that choice alone", () => {
  const cells = studentRuns.cells();
  assert.equal(cells.length, seed.length * timeStep.length * replicas.length);
  assert.equal(new Set(cells.map(({name}) => name)).size, cells.length);
  assert.deepEqual(cells[1], {name: "seed 0 time step 0.2 replicas 10000", reads: {seed: 0, timeStep: 0.2, replicas: 10_000}});
  for (const [name, choices] of Object.entries(studentChoices)) assert.deepEqual([...new Set(cells.map(({reads}) => reads[name as keyof typeof reads]))], choices);
});

test("a cell gives the row of its choice, and tells how far it is", async () => {
  const choice = {seed: 2, timeStep: 0.2, replicas: 1000};
  const told: number[] = [];
  const rows = await studentRuns.run(choice, {ensembles: ensemblesHere, progress: (done, total) => void told.push(done / total)});
  const {distance, criticalDistance, diverged, checksum} = await runStudentDiffusion(ensemblesHere, choice);
  assert.deepEqual(rows, [{...choice, distance, criticalDistance, diverged, checksum}]);
  assert.equal(told.at(-1), 1);
});
