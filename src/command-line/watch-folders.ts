import {existsSync, watch} from "node:fs";

/** Folders that are watched with all below them, and what hears of a change. */
export interface WatchedFolders {
  readonly folders: readonly string[];
  readonly changed: () => void;
}

/** Watches folders, each once for whoever wants to hear of it; those that are absent are left out. Returns what ends it. */
export function watchFolders(groups: readonly WatchedFolders[]): () => void {
  const watchers = groups.flatMap(({folders, changed}) => [...new Set(folders)].filter((folder) => existsSync(folder)).map((folder) => watch(folder, {recursive: true}, () => changed())));
  return () => watchers.forEach((watcher) => watcher.close());
}
