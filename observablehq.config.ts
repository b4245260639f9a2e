import {pageModules} from "./src/command-line/page-modules.ts";
import {openReport} from "./src/command-line/report-values.ts";
import {siteConfig} from "./src/site/index.ts";

const {DRIFTBOOK_MANIFEST: manifest, DRIFTBOOK_DOCS: docsRoot = "docs", DRIFTBOOK_OUTPUT: output = "dist", DRIFTBOOK_STATUS: previewStatus} = process.env;
if (manifest === undefined) throw new Error("the tables are brought up to date first: use npm run build or npm run dev");

export default siteConfig({
  projectRoot: import.meta.dirname,
  docsRoot,
  output,
  previewStatus,
  pages: [
    {name: "Power-law escape rate", path: "/power-law-escape"},
    {name: "Heavy tails", path: "/heavy-tails"},
    {name: "Noise geometry", path: "/noise-geometry"},
    {name: "Parameter averaging", path: "/parameter-averaging"},
    {name: "Stochastic modified flows", path: "/stochastic-modified-flows"},
    {name: "One noise model, five papers", path: "/one-noise-model"},
    {name: "Methods and statistics", path: "/methods"},
    {name: "A new equation in twenty lines", path: "/new-equation"}
  ],
  modules: pageModules,
  loaderCommand: ["node", "src/pipeline/run-loader.mjs"],
  values: await openReport(import.meta.dirname, manifest)
});
