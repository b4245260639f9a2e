import type { GramReport } from "./gram-bench.ts";
import { median } from "./median.ts";

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** The part of the report on the Gram matrix, as Markdown. */
export function renderGram({ command, date, machine, parameters, measurements }: GramReport): string {
  const seconds = ({ runs }: { readonly runs: readonly { readonly seconds: number }[] }): number => median(runs.map((run) => run.seconds));
  const ours = measurements.find(({ role }) => role === "ours");
  const rows = measurements.map((measurement) => {
    const { program, versions, missing, runs } = measurement;
    const version = Object.entries(versions).map(([name, value]) => `${name} ${value}`).join(", ");
    if (runs.length === 0) return `| ${program} | ${missing ?? "no run"} | | | | | |`;
    const loaded = Math.max(...runs.map((run) => run.loadedBytes)), peak = Math.max(...runs.map((run) => run.peakBytes));
    const ratio = ours === undefined ? "" : (seconds(measurement) / seconds(ours)).toFixed(2);
    return `| ${program} (${version}) | ${runs.length} | ${(1_000 * seconds(measurement)).toFixed(0)} | ${(1_000 * Math.min(...runs.map((run) => run.seconds))).toFixed(0)} | ${ratio} | ${mebibytes(peak)} | ${mebibytes(peak - loaded)} |`;
  });
  return [
    "## Gram matrix",
    `\`${command}\`, ${date}; ${machine.processor}, ${machine.cores} cores, Node ${machine.node}; load before ${machine.loadBefore.toFixed(2)}. The Gram matrix of the gradients of a 64–1000–1000–1 ReLU network (${parameters.toLocaleString("en")} parameters) on the 1,797 digits. Each program is a process of its own with a thread for every core; programs take turns. Peak memory is the process' VmHWM with its libraries; beside it, what the peak adds to the process with its library loaded and the weights read.`,
    ["| program | runs | median ms | least ms | median in ours | peak MiB | of which the work |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |", ...rows].join("\n"),
  ].join("\n\n");
}
