import {join} from "node:path";
import {buildSync} from "esbuild";
import {previewStyleSheet} from "./preview-style.ts";

/** What a page of the preview is told in its head. */
export interface PreviewHead {
  /** Where it hears what the preview is doing. */
  readonly status: string;
  /** The file of each table of its SQL, by its name there. */
  readonly tables: Readonly<Record<string, string>>;
}

let bundled: string | undefined;

function pageScript(): string {
  bundled ??= buildSync({
    entryPoints: [join(import.meta.dirname, "preview-page", "index.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    globalName: "previewPage",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent"
  }).outputFiles[0]!.text;
  return bundled;
}

/**
 * By this in its head a page follows the preview: it says what is recomputed, how far
 * and how long, and shows tables as soon as they are there. It is no part of a built site.
 * It stands before the page's own script, since it listens to what Framework's client is
 * told, and to the making of its runtime.
 */
export function previewHead(page: PreviewHead): string {
  const told = JSON.stringify(page).replaceAll("<", "\\u003c");
  return `<link rel="stylesheet" href="/${previewStyleSheet}">
<script type="module">
import {Runtime} from "/_observablehq/runtime.js";
import {FileAttachment} from "/_observablehq/stdlib.js";
${pageScript()}
previewPage.followPreview({...${told}, Runtime, FileAttachment, getDefaultClient: async () => (await import("/_observablehq/stdlib/duckdb.js")).getDefaultClient()});
</script>`;
}
