import {existsSync, lstatSync, readdirSync} from "node:fs";
import {join} from "node:path";

/** The folder of a preview, which is named for its port. */
export interface PreviewPlace {
  readonly folder: string;
  readonly port: number;
  /** Size of its files; links count as nothing. */
  readonly bytes: number;
}

function sizeBelow(folder: string): number {
  return readdirSync(folder, {recursive: true, withFileTypes: true}).reduce((sum, entry) => sum + (entry.isFile() ? (lstatSync(join(entry.parentPath, entry.name), {throwIfNoEntry: false})?.size ?? 0) : 0), 0);
}

/** The folders that previews of the project at `root` have, or left for the next one on their port. */
export function previewFolders(root: string): readonly PreviewPlace[] {
  const previews = join(root, ".cache", "preview");
  if (!existsSync(previews)) return [];
  const ports = readdirSync(previews).filter((name) => /^\d{1,5}$/.test(name));
  return ports.map((name) => ({folder: join(previews, name), port: Number(name), bytes: sizeBelow(join(previews, name))}));
}
