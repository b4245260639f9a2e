import {access, cp, mkdir, rename, rm} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";

/** The file operations of publishing, so that a test can make any of them fail. */
export type PublishEffects = {
  rename(from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  exists(path: string): Promise<boolean>;
  makeFolder(path: string): Promise<void>;
};

const fileEffects: PublishEffects = {
  rename,
  copy: (from, to) => cp(from, to, {recursive: true, errorOnExist: true, force: false}),
  remove: (path) => rm(path, {recursive: true, force: true}),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false
    ),
  makeFolder: async (path) => void (await mkdir(path, {recursive: true}))
};

/**
 * Puts a complete new site in the place of the old one by renaming whole folders, so that a reader finds one or the other
 * and never a mixture. When anything fails the old site is where and as it was; should the process die between the two
 * renames, the old site stands beside as `.<name>.previous` and the next {@link publish} or
 * {@link recoverPublished} puts it back.
 *
 * @param from the built site; it is gone afterwards. @param to the published folder.
 */
export async function publish({from, to}: {readonly from: string; readonly to: string}, effects: PublishEffects = fileEffects): Promise<void> {
  if (resolve(from) === resolve(to)) throw new Error(`expected two folders, found ${from} twice`);
  if (!(await effects.exists(from))) throw new Error(`there is no built site at ${from}`);
  await recoverPublished(to, effects);
  const {previous, incoming} = besides(to);
  await effects.makeFolder(dirname(resolve(to)));
  await effects.remove(incoming);
  await move(from, incoming, effects);
  const replaces = await effects.exists(to);
  if (replaces) await effects.rename(to, previous);
  try {
    await effects.rename(incoming, to);
  } catch (error) {
    if (replaces) await effects.rename(previous, to);
    throw error;
  }
  await effects.remove(previous).catch(() => {});
}

/** Puts back the old site after a process died while publishing, and clears what a finished one left. */
export async function recoverPublished(to: string, effects: PublishEffects = fileEffects): Promise<void> {
  const {previous} = besides(to);
  if (!(await effects.exists(previous))) return;
  await ((await effects.exists(to)) ? effects.remove(previous) : effects.rename(previous, to));
}

function besides(to: string): {readonly previous: string; readonly incoming: string} {
  const folder = dirname(resolve(to));
  const name = basename(resolve(to));
  return {previous: join(folder, `.${name}.previous`), incoming: join(folder, `.${name}.incoming`)};
}

async function move(from: string, to: string, effects: PublishEffects): Promise<void> {
  try {
    await effects.rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await effects.copy(from, to);
    await effects.remove(from);
  }
}
