import {runStudentDiffusion, studentChoices} from "../src/live/index.ts";
import {defineTable, integer, real, text} from "../src/pipeline/index.ts";

const choices = studentChoices.seed.flatMap((seed) => studentChoices.timeStep.flatMap((timeStep) => studentChoices.replicas.map((replicas) => ({seed, timeStep, replicas}))));

// What the page "A new equation" runs again in a reader's browser, run here: the same bits are expected there.
export default defineTable({
  title: "The Student diffusion at every choice that a reader has",
  columns: {
    seed: integer("Seed of the random streams"),
    timeStep: real("Time step Δ of Euler–Maruyama"),
    replicas: integer("Number of replicas"),
    distance: real("Greatest distance of the replicas' distribution from the exact stationary one"),
    criticalDistance: real("What the distance of as many exact samples exceeds with probability 0.05"),
    diverged: integer("Replicas that left the numbers"),
    checksum: text("SHA-256 of the final positions")
  },
  async run({context}) {
    const rows = [];
    for (const [done, choice] of choices.entries()) {
      const {distance, criticalDistance, diverged, checksum} = await runStudentDiffusion(context.ensembles, choice);
      rows.push({...choice, distance, criticalDistance, diverged, checksum});
      context.progress(done + 1, choices.length);
    }
    return rows;
  }
});
