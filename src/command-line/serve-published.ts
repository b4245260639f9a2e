import {existsSync} from "node:fs";
import {join} from "node:path";
import {serveSite} from "../site/index.ts";
import {checkPort} from "./check-port.ts";

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
