import type { Machine } from "./machine.ts";
import type { Measurement } from "./measure.ts";
import { median } from "./median.ts";
import type { Scaling } from "./scaling.ts";
import { zScores } from "./statistics-check.ts";
import type { BenchCase } from "./workloads.ts";

/** Everything that one run of the bench found. */
export interface BenchReport {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly programs: readonly ReportedProgram[];
  readonly cases: readonly { readonly benchCase: BenchCase; readonly measurements: readonly Measurement[] }[];
  readonly scaling: readonly Scaling[];
  readonly extras: readonly { readonly program: string; readonly measure: string; readonly value: string }[];
  readonly complaints: readonly string[];
}

/** A program of the report, and what it is: ours, a peer, or the limit. */
export interface ReportedProgram {
  readonly name: string;
  readonly role: "ours" | "peer" | "limit";
  readonly handVectorized: boolean;
  readonly missing: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

const significant = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Median seconds of each program that has run a case. */
export function medianSeconds(measurements: readonly Measurement[]): ReadonlyMap<string, number> {
  return new Map(
    measurements
      .filter(({ results }) => results.length > 0)
      .map(({ program, results }) => [program, median(results.map(({ seconds }) => seconds))]),
  );
}

function fastest(seconds: ReadonlyMap<string, number>, names: readonly string[]): [string, number] | undefined {
  const known = names.flatMap((name): [string, number][] => (seconds.has(name) ? [[name, seconds.get(name)!]] : []));
  return known.sort((a, b) => a[1] - b[1])[0];
}

function steps(benchCase: BenchCase, measurements: readonly Measurement[]): number {
  if (benchCase.workload !== "W4") return benchCase.replicas * benchCase.steps;
  const means = measurements.flatMap(({ results }) => results.map(({ mean }) => mean));
  return benchCase.replicas * median(means);
}

function timeTable({ cases }: BenchReport, present: readonly ReportedProgram[]): string {
  const rows = cases.map(({ benchCase, measurements }) => {
    const seconds = medianSeconds(measurements);
    const best = fastest(seconds, present.filter(({ role }) => role === "peer").map(({ name }) => name));
    return [benchCase.id, ...present.map(({ name }) => {
      const time = seconds.get(name);
      if (time === undefined) return measurements.some((one) => one.program === name) ? "failed" : "";
      return name === best?.[0] ? `**${significant(1_000 * time)}**` : significant(1_000 * time);
    })];
  });
  return table(["median ms", ...present.map(({ name }) => name)], rows);
}

function ratioTable({ cases }: BenchReport, present: readonly ReportedProgram[]): string {
  const peers = present.filter(({ role }) => role === "peer");
  const library = peers.filter(({ handVectorized }) => !handVectorized);
  const others = present.filter(({ role }) => role !== "peer");
  if (peers.length === 0) return "";
  const rows = cases.flatMap(({ benchCase, measurements }) => {
    const seconds = medianSeconds(measurements);
    return [peers, library].map((group, i) => {
      const best = fastest(seconds, group.map(({ name }) => name));
      return [i === 0 ? benchCase.id : "", best ? best[0] : "none", ...others.map(({ name }) => {
        const time = seconds.get(name);
        return best && time !== undefined ? `${significant(best[1] / time)} x` : "";
      })];
    });
  });
  const text = "First line of a case: against the best of all peers. Second: against the best without vector code written by hand.";
  return `${text}\n\n${table(["throughput against the best peer", "peer", ...others.map(({ name }) => name)], rows)}`;
}

function limitTable({ cases }: BenchReport, present: readonly ReportedProgram[]): string {
  const limit = present.find(({ role }) => role === "limit");
  const ours = present.filter(({ role }) => role === "ours");
  if (limit === undefined || ours.length === 0) return "";
  const rows = cases.flatMap(({ benchCase, measurements }) => {
    const seconds = medianSeconds(measurements);
    const bound = seconds.get(limit.name);
    if (bound === undefined) return [];
    const cells = ours.map(({ name }) => (seconds.has(name) ? significant(seconds.get(name)! / bound) : ""));
    return [[benchCase.id, ...cells]];
  });
  return table([`time in times of ${limit.name}`, ...ours.map(({ name }) => name)], rows);
}

function unitTable({ cases }: BenchReport, present: readonly ReportedProgram[]): string {
  const rows = cases.flatMap(({ benchCase, measurements }) => {
    const seconds = medianSeconds(measurements);
    const updates = steps(benchCase, measurements) * benchCase.dimension;
    const normals = steps(benchCase, measurements) * benchCase.normalsPerStep;
    const row = (label: string, count: number): string[] => [label, ...present.map(({ name }) => {
      const time = seconds.get(name);
      return time === undefined ? "" : ((1e9 * time) / count).toFixed(2);
    })];
    const update = row(`${benchCase.id}, state update`, updates);
    return normals > 0 && normals !== updates ? [update, row(`${benchCase.id}, normal`, normals)] : [update];
  });
  return table(["ns of wall time per", ...present.map(({ name }) => name)], rows);
}

function checkTable({ cases }: BenchReport, present: readonly ReportedProgram[]): string {
  const rows = cases.map(({ benchCase, measurements }) => {
    const scores = zScores(benchCase, measurements);
    return [benchCase.id, benchCase.exactMean?.toFixed(5) ?? "each other", ...present.map(({ name }) => scores.get(name)?.toFixed(1) ?? "")];
  });
  return table(["z of the mean against", "", ...present.map(({ name }) => name)], rows);
}

/** The part of the report on ensembles, as Markdown. */
export function renderReport(report: BenchReport): string {
  const { machine, programs } = report;
  const present = programs.filter(({ missing }) => missing === undefined);
  const versions = programs.map(({ name, missing, versions: found }) =>
    `- ${name}: ${missing ?? (Object.entries(found).map(([key, value]) => `${key} ${value}`).join(", ") || "this project")}`);
  const parts = [
    "## Ensembles",
    `\`${report.command}\`, ${report.date}; ${machine.processor}, ${machine.cores} cores, vectors of ${machine.vectorBits} bits, Node ${machine.node} (V8 ${machine.v8}); medians of ${report.rounds} rounds in which the programs take turns; load before ${machine.loadBefore.toFixed(2)}. Compilation and warm-up are not in the times.`,
    versions.join("\n"),
    report.cases.map(({ benchCase }) => `- ${benchCase.id}: ${benchCase.title}`).join("\n"),
    `The best peer of a row is bold.\n\n${timeTable(report, present)}`,
    ratioTable(report, present),
    limitTable(report, present),
    unitTable(report, present),
    checkTable(report, present),
  ];
  if (report.scaling.length > 0) {
    parts.push(table(["slope of time, W1", "in replicas", "in steps"],
      report.scaling.map((one) => [one.program, one.replicasSlope.toFixed(3), one.stepsSlope.toFixed(3)])));
  }
  if (report.extras.length > 0) {
    parts.push(table(["program", "measure", "value"], report.extras.map((one) => [one.program, one.measure, one.value])));
  }
  if (report.complaints.length > 0) parts.push(`**Failed:**\n\n${report.complaints.map((one) => `- ${one}`).join("\n")}`);
  return parts.filter((part) => part !== "").join("\n\n");
}
