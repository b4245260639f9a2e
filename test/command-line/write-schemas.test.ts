import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {parse} from "jsonc-parser";
import {parameterSchemas} from "../../src/command-line/write-schemas.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = join("data", "parameters");

test("the committed JSON Schemas are the ones of the code; `npm run schemas` writes them", () => {
  for (const [path, text] of parameterSchemas()) assert.equal(readFileSync(join(root, path), "utf8"), text, path);
});

test("every parameter file has a schema and names it, and no schema is left over", () => {
  const files = readdirSync(join(root, folder));
  const schemas = files.filter((file) => file.endsWith(".schema.json"));
  assert.deepEqual(schemas.map((file) => join(folder, file)).sort(), [...parameterSchemas().keys()].sort());
  const written = files.filter((file) => file.endsWith(".jsonc"));
  assert.deepEqual(written.map((file) => file.replace(".jsonc", ".schema.json")).sort(), schemas.sort());
  for (const file of written) {
    const {$schema} = parse(readFileSync(join(root, folder, file), "utf8")) as {$schema?: string};
    assert.equal($schema, `./${file.replace(".jsonc", ".schema.json")}`);
  }
});
