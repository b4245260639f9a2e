import type {RunOptions} from "../../src/live/index.ts";

/** A run that the reader sees and can cancel. */
export type LiveRun<Result> = {
  /** A line that says how far the run is, with a button that cancels it, and then how long it took. */
  readonly element: HTMLElement;
  /** The result; rejected by what the run throws, and by its cancellation. */
  readonly result: Promise<Result>;
};

export type LiveRunOptions<Result> = {
  /** What is run, such as an ensemble's `simulate` with its options passed on. */
  readonly run: (options: RunOptions) => Promise<Result>;
  /** The words when it is done. */
  readonly done: (result: Result, seconds: number) => string;
  /** Cancels the run when it settles: the cell's `invalidation`. */
  readonly invalidation?: Promise<unknown>;
};

/** Starts a run. What goes wrong is said in its line. */
export function liveRun<Result>({run, done, invalidation}: LiveRunOptions<Result>): LiveRun<Result> {
  const cancellation = new AbortController();
  const cancel = () => cancellation.abort(new DOMException("the run was cancelled", "AbortError"));
  const element = document.createElement("div");
  element.className = "live-run";
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  words.textContent = "running";
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "part of the run that is done");
  bar.value = 0;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Cancel";
  button.addEventListener("click", cancel);
  element.append(bar, button, words);
  invalidation?.then(cancel, cancel);

  const start = performance.now();
  const progress = (finished: number, total: number) => (bar.value = finished / total);
  const result = run({progress, signal: cancellation.signal});
  const end = (said: string, state: "done" | "failed") => {
    element.dataset.state = state;
    words.textContent = said;
    bar.remove();
    button.remove();
  };
  result.then(
    (value) => end(done(value, (performance.now() - start) / 1000), "done"),
    (error: unknown) => end(error instanceof Error ? error.message : String(error), "failed")
  );
  return {element, result};
}
