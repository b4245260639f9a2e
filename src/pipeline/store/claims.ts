import {join} from "node:path";
import type {Owners} from "./owner.ts";
import {codeOf} from "./store-disk.ts";
import type {StoreDisk} from "./store-disk.ts";

/** The right to compute something, held by one process at a time. */
export interface Claim {
  readonly release: () => void;
}

/** Claims by name, over all processes that use a store. */
export type Claims = (name: string) => Claim | {readonly heldBy: number};

const attempts = 1000;

/**
 * The claims of a store. A claim is a folder with one file, named for its
 * holder. It comes with that file by one rename, which fails while another
 * holder's file is in it. Of a holder that has ended just that file is
 * removed, so that of those who do so one gets the claim and a new holder's
 * stays.
 */
export function openClaims({layout, files, warn}: StoreDisk, owners: Owners): Claims {
  const attempt = (operation: () => void): void => {
    try {
      operation();
    } catch {}
  };

  const holders = (path: string): readonly string[] => {
    try {
      return files.readdirSync(path);
    } catch {
      return [];
    }
  };

  return (name) => {
    const path = join(layout.claims, name);
    const own = owners.name();
    const prepared = join(layout.temporary, own);
    const discard = (): void => {
      attempt(() => files.unlinkSync(join(prepared, own)));
      attempt(() => files.rmdirSync(prepared));
    };
    const drop = (holder: string): void => {
      attempt(() => files.unlinkSync(join(path, holder)));
      attempt(() => files.rmdirSync(path));
    };
    try {
      for (const folder of [layout.claims, prepared]) files.mkdirSync(folder, {recursive: true});
      files.closeSync(files.openSync(join(prepared, own), "wx"));
      for (let left = attempts; ; left--) {
        try {
          files.renameSync(prepared, path);
          return {
            release() {
              drop(own);
              if (holders(path).includes(own)) warn(path, `could not release the claim ${path}; it is free when this process ends`);
            }
          };
        } catch (error) {
          const found = holders(path);
          for (const holder of found) {
            const heldBy = owners.alive(holder);
            if (heldBy !== undefined) {
              discard();
              return {heldBy};
            }
          }
          if (found.length === 0 && (left === 0 || !["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error)))) throw error;
          for (const holder of found) drop(holder);
          if (left === 0) throw error;
        }
      }
    } catch (cause) {
      discard();
      throw new Error(`could not claim ${path} (${codeOf(cause)}): check the disk and the folder's permissions and run again`, {cause});
    }
  };
}
