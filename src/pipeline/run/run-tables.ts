import type {Project} from "../project.ts";
import type {RunReport} from "./run-report.ts";
import {openSession} from "./session.ts";
import type {RunEffects} from "./session.ts";

/**
 * Brings tables up to date and says where each one stands.
 *
 * A cell, or range of replicas, whose key is in the store is taken from there,
 * verified; every other one is computed by a worker process, as soon as the
 * inputs of its table are there, on all cores. What fails leaves the rest
 * alone, but the tables that read it fail with it.
 * @param words tables, papers or sections, all tables by default; their inputs come along
 */
export async function runTables(project: Project, words?: readonly string[], effects: Partial<RunEffects> = {}): Promise<RunReport> {
  const session = openSession(project, effects);
  try {
    return await session.run(words);
  } finally {
    session.close();
  }
}
