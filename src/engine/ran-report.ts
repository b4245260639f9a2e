/** Which back end ran how many blocks of an ensemble. */
export interface RanReport {
  readonly dynamics: string;
  readonly webAssemblyBlocks: number;
  readonly nativeBlocks: number;
  /** Vector width and compiler of the native blocks. */
  readonly native?: string;
  /** Why native code that was wanted did not run, or did not go on. */
  readonly nativeUnavailable?: string;
}
