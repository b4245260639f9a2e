import {join} from "node:path";

/** Where a store keeps what. */
export interface Layout {
  readonly folder: string;
  /** Immutable objects: `<first two hex digits>/<digest>`. */
  readonly objects: string;
  readonly object: (digest: string) => string;
  /** Index entries: `<table>/<key>.json` and `<table>/<key>/<first>-<count>.json`. */
  readonly index: string;
  readonly entry: (name: string) => string;
  /** Kept runs: `<name>.json`. */
  readonly runs: string;
  readonly run: (name: string) => string;
  /** Descriptions of projects: `<fingerprint>.json`. */
  readonly descriptions: string;
  /** Records of the sources of cells: `<digest>.json`. */
  readonly sources: string;
  /** Damaged files, set aside. */
  readonly quarantine: string;
  /** Files that are being written, named for their process. */
  readonly temporary: string;
  /** `<what is claimed>/<its holder>`. */
  readonly claims: string;
  /** A file for each process that has entered. */
  readonly running: string;
}

/** The layout of the store in a folder. */
export function layoutOf(folder: string): Layout {
  const [objects, index, runs] = [join(folder, "objects"), join(folder, "index"), join(folder, "runs")];
  return {
    folder,
    objects,
    object: (digest) => join(objects, digest.slice(0, 2), digest),
    index,
    entry: (name) => join(index, `${name}.json`),
    runs,
    run: (name) => join(runs, `${name}.json`),
    descriptions: join(folder, "descriptions"),
    sources: join(folder, "sources"),
    quarantine: join(folder, "quarantine"),
    temporary: join(folder, "temporary"),
    claims: join(folder, "claims"),
    running: join(folder, "running")
  };
}
