import {resolve} from "node:path";
import {manifestTable, readManifest} from "./src/pipeline/index.ts";
import {openDatabase, siteConfig} from "./src/site/index.ts";

const {DRIFTBOOK_MANIFEST: manifestPath, DRIFTBOOK_OUTPUT: output = "dist"} = process.env;
const database = await openDatabase();
if (manifestPath !== undefined) {
  const manifest = readManifest(manifestPath);
  for (const table of Object.keys(manifest.tables)) database.insertArrowStream(table, manifestTable(manifest, table));
}

export default siteConfig({
  projectRoot: resolve("."),
  docsRoot: "docs",
  output,
  loaderCommand: ["node", "src/pipeline/run-loader.mjs"],
  values: {query: database.query, directives: {}}
});
