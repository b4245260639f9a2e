import {createRequire} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {MarkdownPlugin} from "../../src/site/markdown.ts";

type Framework = {
  createMarkdownIt(options: {markdownIt: MarkdownPlugin}): unknown;
  parseMarkdown(source: string, options: {md: unknown; path: string}): {readonly body: string; readonly code: readonly unknown[]; readonly title: string | null};
};

const manifest = createRequire(import.meta.url).resolve("@observablehq/framework/package.json");
const framework = (await import(pathToFileURL(join(manifest, "../dist/markdown.js")).href)) as Framework;

/** Renders a page's Markdown exactly as the site's build does, with the given plugins in their order. */
export function renderMarkdown(source: string, ...plugins: readonly MarkdownPlugin[]) {
  const markdownIt: MarkdownPlugin = (markdown) => plugins.reduce((extended, plugin) => plugin(extended), markdown);
  return framework.parseMarkdown(source, {md: framework.createMarkdownIt({markdownIt}), path: "/fixture"});
}
