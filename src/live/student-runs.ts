import type {Ensembles, RunOptions} from "../kernels/index.ts";
import {runStudentDiffusion, studentChoices} from "./run-student-diffusion.ts";
import type {StudentChoice, StudentRun} from "./run-student-diffusion.ts";

/** What one choice gives, with the checksum by which a browser's run is compared. */
export type StudentRow = StudentChoice & Pick<StudentRun, "distance" | "criticalDistance" | "diverged" | "checksum">;

/** The Student diffusion at every choice that a reader has: an experiment of which each choice is a cell. */
export const studentRuns = {
  cells() {
    const {seed: seeds, timeStep: timeSteps, replicas: counts} = studentChoices;
    const choices = seeds.flatMap((seed) => timeSteps.flatMap((timeStep) => counts.map((replicas): StudentChoice => ({seed, timeStep, replicas}))));
    return choices.map((reads) => ({name: `seed ${reads.seed} time step ${reads.timeStep} replicas ${reads.replicas}`, reads}));
  },

  async run(choice: StudentChoice, {ensembles, progress}: {readonly ensembles: Ensembles} & Required<Pick<RunOptions, "progress">>): Promise<readonly StudentRow[]> {
    const {distance, criticalDistance, diverged, checksum} = await runStudentDiffusion(ensembles, choice, {progress});
    return [{...choice, distance, criticalDistance, diverged, checksum}];
  }
};
