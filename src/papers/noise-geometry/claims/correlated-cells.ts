/** A cell of an ensemble that it shares with others. */
interface SharedCell {
  readonly ensemble: string;
  readonly logStandardError: number;
}

/**
 * An upper bound of the standard error of the mean of cells weighted by their inverse variances, where cells of one
 * ensemble may be correlated in any way and ensembles are independent: as if each ensemble's cells moved together.
 */
export function pooledErrorBound(cells: readonly SharedCell[]): number {
  const weight = ({logStandardError}: SharedCell) => logStandardError ** -2;
  const total = cells.reduce((sum, cell) => sum + weight(cell), 0);
  const byEnsemble = new Map<string, number>();
  for (const cell of cells) byEnsemble.set(cell.ensemble, (byEnsemble.get(cell.ensemble) ?? 0) + weight(cell) * cell.logStandardError);
  return Math.hypot(...byEnsemble.values()) / total;
}
