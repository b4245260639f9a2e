import {ensureNativeLibrary} from "../setup/index.ts";

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Installs the native tensor library where it is missing; the packages are there already. */
export async function setUp(root: string): Promise<number> {
  await ensureNativeLibrary({root, log});
  return 0;
}
