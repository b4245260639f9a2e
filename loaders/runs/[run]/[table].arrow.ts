// A table of a kept run, at /data/runs/<run>/<table>.arrow; what the interpreter
// of loaders, src/pipeline/run-loader.mjs, prints for this file.
export {};
