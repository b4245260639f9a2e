import {mkdirSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/**
 * The folder where builds and previews keep what is theirs for their lifetime,
 * under names that contain their process id; what dead processes left is
 * removed.
 */
export function openBuildFolder(root: string): string {
  const folder = join(root, ".cache", "build");
  mkdirSync(folder, {recursive: true});
  for (const name of readdirSync(folder)) {
    const pid = /-(\d+)(?:\.json)?$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), {recursive: true, force: true});
  }
  return folder;
}
