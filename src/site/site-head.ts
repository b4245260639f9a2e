import {previewHead} from "./preview-head.ts";
import type {PreviewHead} from "./preview-head.ts";

const icon =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#1f5fbf'/>" +
  "<path d='M5 23c5 0 5-9 9-9s3 5 6 5 3-10 7-10' fill='none' stroke='white' stroke-width='2.6' stroke-linecap='round'/>" +
  "<circle cx='14' cy='14' r='3' fill='#ff9d66'/></svg>";

/**
 * What a page of the site may load: itself, and nothing else. DuckDB runs in a worker and compiles WebAssembly, Vega
 * compiles its expressions, Framework's pages hold inline modules; hence the `unsafe-` and `blob:` parts.
 */
const contentSecurityPolicy = (connections: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "worker-src 'self' blob:",
    `connect-src ${["'self'", "blob:", "data:", ...connections].join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'"
  ].join("; ");

/**
 * The HTML that every page has in its head: language (Framework gives none), content security policy, icon, and the style of
 * formulas. The `katex-fonts` link makes Framework copy the fonts that the style sheet names.
 * @param preview what a page of a preview is told; a built site is told nothing
 */
export const siteHead = (preview?: PreviewHead): string =>
  [
    `<script>document.documentElement.lang = "en";</script>`,
    `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(preview === undefined ? [] : [preview.status])}">`,
    `<link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(icon).toString("base64")}">`,
    `<link rel="stylesheet" href="npm:katex/dist/katex.css">`,
    `<link rel="katex-fonts" href="npm:katex">`,
    ...(preview === undefined ? [] : [previewHead(preview)])
  ].join("\n");
