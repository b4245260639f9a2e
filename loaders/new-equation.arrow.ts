import {studentRuns} from "../src/live/index.ts";
import {defineExperimentTable, integer, real, text} from "../src/pipeline/index.ts";

// What the page "A new equation" runs again in a reader's browser, run here: the same bits are expected there.
export default defineExperimentTable({
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
  experiment: studentRuns
});
