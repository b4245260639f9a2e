const units = ["B", "kB", "MB", "GB", "TB"];

/** A size in decimal units: `512 B`, `1.5 MB`. */
export function byteText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
