// Writes the golden verdicts of the preset `quick` after a change of parameters, experiments or rules that is meant:
//
//     node --import tsx test/report/write-golden-verdicts.ts
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {openProject, runTables} from "../../src/pipeline/index.ts";
import {goldenFile, goldenOf, readVerdicts} from "./golden-verdicts.ts";

const {manifest} = await runTables(openProject(join(import.meta.dirname, "..", "..")), ["verdicts"]);
const lines = goldenOf(readVerdicts(manifest)).map((verdict) => `  ${JSON.stringify(verdict)}`);
writeFileSync(goldenFile, `[\n${lines.join(",\n")}\n]\n`);
