import type {Row} from "./columns.ts";

const quote = (value: Row[string]): string => {
  if (value === null) return "";
  const plain = String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/**
 * Rows as CSV (RFC 4180): a header line, numbers in their shortest exact form,
 * null as an empty field.
 */
export function encodeCsv(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  return [names.map(quote), ...rows.map((row) => names.map((name) => quote(row[name]!)))].map((fields) => `${fields.join(",")}\r\n`).join("");
}
