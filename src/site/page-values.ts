import {closest} from "fastest-levenshtein";
import {escapeHtml} from "./escape-html.ts";
import {lineText, pageName} from "./markdown.ts";
import type {BlockState, CoreState, InlineState, MarkdownPlugin, PageEnvironment} from "./markdown.ts";

/** Runs one SQL statement on the tables of the report and gives its rows. */
export type Query = (sql: string) => readonly Readonly<Record<string, unknown>>[];

/** What a directive's renderer may use: the page's path and the same tables as the page's numbers. */
export type DirectiveContext = {readonly path: string; readonly query: Query};

/** Renders the directive `:::name argument` to HTML; what it takes from data it escapes itself. */
export type Directive = (argument: string, context: DirectiveContext) => string;

export type PageValues = {
  readonly query: Query;
  readonly directives: Readonly<Record<string, Directive>>;
  /** What every page has below its head, the title with the paragraph that follows it, as HTML; empty for nothing. */
  readonly belowHead?: (context: DirectiveContext) => string;
};

/**
 * A markdown-it plugin for content that is computed at build, so that a page can be read before any script runs.
 *
 * - `{{ SELECT … }}` anywhere in prose, also in a line of HTML, becomes the one value that the SQL gives, as text;
 *   the SQL formats it (`printf('%.2f', x)`). Markup, formulas or programs in the value stay text.
 * - `:::name argument` on a line of its own becomes the HTML that the renderer `directives[name]` gives.
 * - Below the page's head stands what `belowHead` gives.
 *
 * Code spans, fences, scripts and styles are left alone, and `\{{` is two plain braces.
 *
 * @throws while the page is rendered, naming the page and the SQL, when the SQL fails or gives anything but one row of
 * one value that is not null, and naming the known directives when one is unknown or fails.
 */
export function pageValues({query, directives, belowHead = () => ""}: PageValues): MarkdownPlugin {
  return (markdown) => {
    markdown.core.ruler.push("page_below_head", markBelowHead);
    markdown.renderer.rules.page_below_head = (_tokens, _index, _options, env) => belowHead({path: env.path ?? "", query});
    markdown.inline.ruler.before("escape", "page_value", inlineValue);
    markdown.block.ruler.before("paragraph", "page_directive", blockDirective, {alt: ["paragraph", "blockquote", "list"]});
    markdown.renderer.rules.page_value = (tokens, index, _options, env) => escapeHtml(singleValue(tokens[index]!.content, query, env));
    markdown.renderer.rules.page_directive = (tokens, index, _options, env) => {
      const {content, info} = tokens[index]!;
      return `${renderDirective(info, content, {query, directives}, env)}\n`;
    };
    for (const rule of ["html_block", "html_inline"]) {
      const original = markdown.renderer.rules[rule];
      markdown.renderer.rules[rule] = (tokens, index, options, env, self) => {
        const html = original === undefined ? tokens[index]!.content : original(tokens, index, options, env, self);
        return /^\s*<(?:script|style|!--)/i.test(html) ? html : fillHtml(html, query, env);
      };
    }
    return markdown;
  };
}

const value = /\{\{([\s\S]+?)\}\}/y;
const directive = /^:::([A-Za-z][\w-]*)(?:\s+(.*?))?\s*$/;

function inlineValue(state: InlineState, silent: boolean): boolean {
  value.lastIndex = state.pos;
  const match = state.src.startsWith("{{", state.pos) ? value.exec(state.src) : null;
  if (match === null) return false;
  if (!silent) state.push("page_value", "", 0).content = match[1]!.trim();
  state.pos += match[0].length;
  return true;
}

function blockDirective(state: BlockState, startLine: number, _endLine: number, silent: boolean): boolean {
  if (state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const match = directive.exec(lineText(state, startLine));
  if (match === null) return false;
  if (silent) return true;
  const token = state.push("page_directive", "", 0);
  token.block = true;
  token.info = match[1]!;
  token.content = match[2] ?? "";
  token.map = [startLine, startLine + 1];
  state.line = startLine + 1;
  return true;
}

function markBelowHead({Token, tokens}: CoreState): void {
  const title = tokens.findIndex(({type, tag}) => type === "heading_close" && tag === "h1");
  if (title < 0) return;
  const end = tokens[title + 1]?.type === "paragraph_open" ? tokens.findIndex(({type}, i) => i > title && type === "paragraph_close") : title;
  tokens.splice(end + 1, 0, new Token("page_below_head", "", 0));
}

function fillHtml(html: string, query: Query, env: PageEnvironment): string {
  return html.replace(/\{\{([\s\S]+?)\}\}/g, (_match, sql: string) => escapeHtml(singleValue(sql.trim(), query, env)));
}

function singleValue(sql: string, query: Query, env: PageEnvironment): string {
  const place = `${pageName(env)}: {{ ${sql} }}`;
  let rows;
  try {
    rows = query(sql);
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, {cause: error});
  }
  if (rows.length !== 1) throw new Error(`${place}: expected one row, found ${rows.length}`);
  const columns = Object.keys(rows[0]!);
  if (columns.length !== 1) throw new Error(`${place}: expected one column, found ${columns.length} (${columns.join(", ")})`);
  const found = rows[0]![columns[0]!];
  if (found === null || found === undefined) throw new Error(`${place}: expected a value, found NULL`);
  return String(found);
}

function renderDirective(name: string, argument: string, {query, directives}: PageValues, env: PageEnvironment): string {
  const place = `${pageName(env)}: :::${name}${argument === "" ? "" : ` ${argument}`}`;
  const names = Object.keys(directives);
  if (!Object.hasOwn(directives, name)) {
    const hint = names.length === 0 ? "no directive is known" : `nearest is :::${closest(name, names)}`;
    throw new Error(`${place}: unknown directive, ${hint} (known: ${names.join(", ")})`);
  }
  try {
    return directives[name]!(argument, {path: env.path ?? "", query});
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, {cause: error});
  }
}
