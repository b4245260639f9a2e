import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {jsonSchema} from "../pipeline/index.ts";
import {parameterSectionsOf} from "../papers/index.ts";

/** The JSON Schema of every paper's parameter file, by the path it stands at. */
export function parameterSchemas(): ReadonlyMap<string, string> {
  return new Map(Object.entries(parameterSectionsOf).map(([paper, sections]) => [join("data", "parameters", `${paper}.schema.json`), `${JSON.stringify(jsonSchema(sections), null, 2)}\n`]));
}

/** Writes the schemas that editors complete parameter files with. */
export async function writeSchemas(root: string): Promise<number> {
  for (const [path, text] of parameterSchemas()) writeFileSync(join(root, path), text);
  return 0;
}
