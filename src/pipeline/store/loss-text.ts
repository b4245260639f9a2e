import type {StoredFile} from "./stored-files.ts";

/**
 * What became of an object that is not in its place, as it is said after its
 * name: a process that read it found it damaged, or there is nothing of it.
 * @param quarantined the files in quarantine, which are named for what was damaged
 */
export function lossText(digest: string, quarantined: readonly StoredFile[]): string {
  return quarantined.some(({name}) => name.startsWith(`${digest}.`)) ? "was damaged and is set aside in quarantine" : "is gone";
}
