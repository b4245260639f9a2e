import type {RunComparison} from "./compare-runs.ts";
import {plainText} from "./plain-text.ts";
import type {VerdictChange, VerdictState} from "./verdict-changes.ts";

const longestValue = 60;

const cut = (text: string): string => {
  const characters = [...plainText(text)];
  return characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join("")}…` : characters.join("");
};

const valueText = (value: unknown): string => (value === undefined ? "nothing" : cut(JSON.stringify(value)));

/** Rows of text in columns, each as wide as its widest entry. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => [...row[i]!].length)));
  return rows.map((row) => `  ${row.map((entry, i) => entry + " ".repeat(widths[i]! - [...entry].length)).join("  ")}`.trimEnd());
}

const stateText = ({estimate, low, high}: VerdictState, digits: number): string => {
  const number = (value: number | null): string => (value === null ? "none" : String(Number(value.toPrecision(digits))));
  return low === null && high === null ? number(estimate) : `${number(estimate)} [${number(low)}, ${number(high)}]`;
};

/** Both estimates with as many digits, four at least, as tell them apart. */
function estimateTexts({first, second}: VerdictChange): readonly [string, string] {
  for (let digits = 4; digits < 17; digits++) {
    const texts = [stateText(first, digits), stateText(second, digits)] as const;
    if (texts[0] !== texts[1] || (first.estimate === second.estimate && first.low === second.low && first.high === second.high)) return texts;
  }
  return [stateText(first, 17), stateText(second, 17)];
}

const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

function part(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ["", title, ...aligned(rows)];
}

/**
 * What sets two runs apart, as lines for a terminal: the runs, the parameters
 * that differ, the claims whose outcome or else estimate changed, the tables
 * that differ. Values are cut at 60 characters; the comparison itself, as JSON,
 * has them whole.
 */
export function diffLines(comparison: RunComparison): readonly string[] {
  const {first, second, parameters, verdicts, claimsOnlyIn, withoutVerdicts, tables, tablesOnlyIn} = comparison;
  const label = ({name}: RunComparison["first"]): string => cut(name ?? "a run without a name");
  const labels = {first: label(first), second: label(second)};
  const outcomes = verdicts.filter(({changed}) => changed === "outcome");
  const estimates = verdicts.filter(({changed}) => changed === "estimate");
  const where = (table: string): string => (tablesOnlyIn.first.includes(table) ? `only in ${labels.first}` : tablesOnlyIn.second.includes(table) ? `only in ${labels.second}` : "");
  const claims = (["first", "second"] as const).flatMap((side) => claimsOnlyIn[side].map((id) => [cut(id), `only in ${labels[side]}`]));
  const nothing = parameters.length + verdicts.length + claims.length + tables.length === 0;
  return [
    ...aligned([
      ["first", labels.first, first.preset],
      ["second", labels.second, second.preset]
    ]),
    ...part(
      `${counted(parameters.length, "parameter differs", "parameters differ")}:`,
      parameters.map(({paper, path, ...values}) => [cut(paper), cut(path), valueText(values.first), "→", valueText(values.second)])
    ),
    ...part(
      `${counted(outcomes.length, "verdict", "verdicts")} changed:`,
      outcomes.map((change) => [cut(change.id), cut(change.first.outcome), "→", cut(change.second.outcome), estimateTexts(change).join(" → ")])
    ),
    ...part(
      `${counted(estimates.length, "estimate", "estimates")} changed, with the same verdict:`,
      estimates.map((change) => [cut(change.id), cut(change.first.outcome), estimateTexts(change)[0], "→", estimateTexts(change)[1]])
    ),
    ...part(`${counted(claims.length, "claim", "claims")} in one run alone:`, claims),
    ...part("Verdicts could not be compared:", withoutVerdicts.map((side) => [labels[side], "has no verdicts that can be read"])),
    ...part(
      `${counted(tables.length, "table differs", "tables differ")}:`,
      tables.map((table) => [cut(table), where(table)])
    ),
    ...(nothing ? ["", "Nothing differs."] : [])
  ];
}
