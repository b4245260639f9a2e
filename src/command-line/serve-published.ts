import {existsSync} from "node:fs";
import {join} from "node:path";
import {serveSite} from "../site/index.ts";

/** A TCP port from its text. @throws RangeError for anything but an integer from 0 to 65535. */
export function checkPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new RangeError(`port: expected an integer from 0 to 65535, found ${JSON.stringify(text)}`);
  return Number(text);
}

/** Serves `dist/` until the process is told to stop. */
export async function servePublished(root: string, {port}: {readonly port: string}): Promise<number> {
  const folder = join(root, "dist");
  if (!existsSync(folder)) throw new Error("there is no dist/ to serve; run: npm run build");
  const site = await serveSite({folder, port: checkPort(port)});
  console.error(`serving dist/ at ${site.url} (Ctrl+C ends it)`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await site.close();
  return 0;
}
