import {bareProject, derivedLoader, experimentLoader} from "../pipeline/small-project.ts";
import type {SmallProject} from "../pipeline/small-project.ts";

/** Sections of the paper `small`, as its loaders write them. */
const head = 'import {z} from "zod";\nconst sections = {decay: z.strictObject({rates: z.array(z.number().min(0)).min(1), shift: z.number(), unread: z.number()}), growth: z.strictObject({runs: z.int().min(1)})};';

/** The parameter file of the paper `small`. */
export const decayFile = '{"seed": 1, "quick": {"decay": {"rates": [0.5, 0.25], "shift": 1, "unread": 3}, "growth": {"runs": 300}}, "full": {"decay": {"shift": 2}}}';

/**
 * A project of three tables that import nothing: `decay` has a cell for each
 * rate, `growth` one cell with replicas, and `verdicts` is derived from `decay`.
 */
export function decayProject(t: {after(undo: () => void): void}, changes: Readonly<Record<string, string>> = {}): SmallProject {
  const verdictColumns = Object.fromEntries(["id", "title", "outcome"].map((name) => [name, {type: "text", description: name, nullable: false}]));
  const numbers = Object.fromEntries(["estimate", "low", "high"].map((name) => [name, {type: "real", description: name, nullable: false}]));
  return bareProject(t, {
    "data/parameters/small.jsonc": decayFile,
    "loaders/decay.arrow.ts": experimentLoader("parameters.rates.map((rate) => ({name: `rate ${rate}`, reads: {rate, shift: parameters.shift}}))", "return [{x: reads.rate + reads.shift}];", {head, parameters: 'parameters: {paper: "small", sections, section: "decay"},'}),
    "loaders/growth.arrow.ts": experimentLoader('[{name: "all", reads: {}, replicas: parameters.runs}]', "return Array.from({length: context.replicas.count}, (_, i) => ({x: context.replicas.first + i}));", {head, parameters: 'parameters: {paper: "small", sections, section: "growth"},'}),
    "loaders/verdicts.arrow.ts": derivedLoader('const sum = input("decay").reduce((total, {x}) => total + x, 0); return [{id: "small.sum", title: "The sum", outcome: sum < 3 ? "reproduced" : "not reproduced", estimate: sum, low: sum - 1, high: sum + 1}];', {inputs: ["decay"]}).replace(/columns: .*/, `columns: ${JSON.stringify({...verdictColumns, ...numbers})},`),
    ...changes
  });
}
