// A thread that runs blocks of WebAssembly kernels; its other side is worker-pool.ts.
import {parentPort} from "node:worker_threads";

const pageBytes = 65_536;

/** @type {Map<number, {memory: Uint8Array, run: (argumentsAddress: number) => void, argumentsAddress: number, resultsAddress: number, bytes: number}>} */
const jobs = new Map();

parentPort?.on("message", (message) => {
  if (message.kind === "open") {
    const {job, module, bytes, inputs, argumentsAddress, resultsAddress} = message;
    const memory = new WebAssembly.Memory({initial: Math.ceil(bytes / pageBytes)});
    const view = new Uint8Array(memory.buffer);
    view.set(inputs);
    const {run} = new WebAssembly.Instance(module, {env: {memory}}).exports;
    jobs.set(job, {memory: view, run: /** @type {any} */ (run), argumentsAddress, resultsAddress, bytes});
  } else if (message.kind === "close") jobs.delete(message.job);
  else {
    const {memory, run, argumentsAddress, resultsAddress, bytes} = /** @type {any} */ (jobs.get(message.job));
    memory.set(new Uint8Array(message.arguments.buffer), argumentsAddress);
    memory.fill(0, resultsAddress, bytes);
    run(argumentsAddress);
    const results = memory.slice(resultsAddress, bytes);
    parentPort?.postMessage({results}, [results.buffer]);
  }
});
