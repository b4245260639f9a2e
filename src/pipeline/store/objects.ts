import {openFileMemo} from "../file-memo.ts";
import {isDigest, sha256} from "./sha256.ts";
import type {StoreDisk} from "./store-disk.ts";

/** Immutable objects named by their SHA-256. */
export interface Objects {
  /** The verified bytes, or undefined. A damaged object is set aside in quarantine, with a warning. */
  readonly read: (digest: string) => Uint8Array | undefined;
  /** Whether {@link read} gives the bytes. A file that this process found sound is read again only where it has changed since. */
  readonly isSound: (digest: string) => boolean;
  /** Keeps bytes and returns their digest; an object that is there already, byte for byte, is not written again. */
  readonly put: (bytes: Uint8Array) => string;
}

/** The objects of a store. @param now ms since 1970, by the clock that stamps files */
export function openObjects(disk: StoreDisk, now: () => number): Objects {
  const sound = openFileMemo<true | undefined>({files: disk.files, now});
  const setAside = (digest: string): Uint8Array | undefined => {
    const path = disk.layout.object(digest);
    const good = disk.setAside(path, digest, (bytes) => sha256(bytes) === digest);
    if (good === undefined) disk.warn(path, `the stored object ${digest.slice(0, 12)} was damaged; it is set aside in quarantine and computed again`);
    return good;
  };
  const read = (digest: string): Uint8Array | undefined => {
    if (!isDigest(digest)) return undefined;
    const path = disk.layout.object(digest);
    const bytes = disk.readOrWarn(path);
    if (bytes !== undefined && sha256(bytes) !== digest) return setAside(digest);
    if (bytes !== undefined) disk.sound(path);
    return bytes;
  };
  return {
    read,
    isSound: (digest) => isDigest(digest) && sound(disk.layout.object(digest), () => (read(digest) === undefined ? undefined : true)) === true,
    put(bytes) {
      const digest = sha256(bytes);
      const path = disk.layout.object(digest);
      const kept = disk.size(path) === undefined ? undefined : disk.readOrWarn(path);
      if (kept !== undefined && Buffer.compare(kept, bytes) === 0) return digest;
      if (kept !== undefined) setAside(digest);
      disk.write(path, bytes);
      return digest;
    }
  };
}
