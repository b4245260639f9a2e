import {readFileSync} from "node:fs";
import {join} from "node:path";
import {escapeHtml} from "../site/index.ts";

/**
 * The text of a TypeScript file of the project under `src`, as HTML that the site colours.
 * @throws RangeError for any other path; what reading throws.
 */
export function sourceListing(root: string, path: string): string {
  if (!/^src(?:\/[a-z0-9-]+)+\.ts$/.test(path)) throw new RangeError(`source: expected a TypeScript file such as src/live/index.ts, found ${JSON.stringify(path)}`);
  const text = readFileSync(join(root, path), "utf8");
  return `<figure class="listing"><figcaption><code>${escapeHtml(path)}</code></figcaption><pre data-language="ts"><code class="language-ts">${escapeHtml(text)}</code></pre></figure>`;
}
