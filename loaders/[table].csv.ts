// Any result table as CSV, at /data/<table>.csv; what the interpreter of
// loaders, src/pipeline/run-loader.mjs, prints for this file.
export {readTableAsCsv} from "../src/pipeline/index.ts";
