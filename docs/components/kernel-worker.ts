import type {WorkerTask} from "../../src/live/index.ts";

const pageBytes = 65_536;

/** The worker's side of ensemblesByWorkers: runs each call of a task and answers with the bytes of its results. */
globalThis.addEventListener("message", ({data}: MessageEvent<WorkerTask>) => {
  const {module, bytes, inputs, argumentsAddress, resultsAddress, calls} = data;
  const memory = new WebAssembly.Memory({initial: Math.ceil(bytes / pageBytes)});
  const view = new Uint8Array(memory.buffer);
  view.set(inputs);
  const {run} = new WebAssembly.Instance(module, {env: {memory}}).exports as {readonly run: (argumentsAddress: number) => void};
  for (const call of calls) {
    view.set(new Uint8Array(call.buffer), argumentsAddress);
    view.fill(0, resultsAddress, bytes);
    run(argumentsAddress);
    const results = view.slice(resultsAddress, bytes);
    globalThis.postMessage(results, {transfer: [results.buffer]});
  }
});
