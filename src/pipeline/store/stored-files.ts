import {join} from "node:path";
import {isDigest} from "./sha256.ts";
import type {StoreDisk} from "./store-disk.ts";

/** A file of a store and its size. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
}

const sized = (disk: StoreDisk, folder: string, names: readonly string[]): readonly StoredFile[] => names.map((name) => ({name, bytes: disk.size(join(folder, name)) ?? 0}));

/** Every file of a folder of a store. */
export const sizedFiles = (disk: StoreDisk, folder: string): readonly StoredFile[] => sized(disk, folder, disk.names(folder));

/** Every object of a store, by its digest. */
export function storedObjects(disk: StoreDisk): readonly StoredFile[] {
  const {objects} = disk.layout;
  return disk.names(objects).flatMap((part) => sized(disk, join(objects, part), disk.names(join(objects, part)).filter((name) => isDigest(name) && name.startsWith(part))));
}

/** What is set aside in quarantine. */
export function quarantinedFiles(disk: StoreDisk): readonly StoredFile[] {
  return sizedFiles(disk, disk.layout.quarantine);
}
