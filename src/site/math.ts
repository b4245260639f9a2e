import katex from "katex";
import {lineText, pageName} from "./markdown.ts";
import type {BlockState, InlineState, MarkdownIt, PageEnvironment} from "./markdown.ts";

/**
 * A markdown-it plugin that renders `$…$` (in a line) and `$$…$$` (displayed, on one line or several) by KaTeX at
 * build, as HTML with MathML beside it, so that a page's formulas need no script and can be read aloud.
 *
 * A dollar opens a formula when neither a space nor a brace follows it (`${…}` is Framework's) and closes one when no
 * space stands before it and no digit after it, so that prices ("from $5 to $6") stay text. Code is left alone.
 *
 * @throws on TeX that KaTeX does not accept, naming the page and the formula.
 */
export function math(markdown: MarkdownIt): MarkdownIt {
  markdown.block.ruler.before("paragraph", "math_block", displayedFormula, {alt: ["paragraph", "blockquote", "list"]});
  markdown.inline.ruler.before("escape", "math_inline", inlineFormula);
  markdown.renderer.rules.math_inline = (tokens, index, _options, env) => renderFormula(tokens[index]!.content, false, env);
  markdown.renderer.rules.math_display = (tokens, index, _options, env) => renderFormula(tokens[index]!.content, true, env);
  markdown.renderer.rules.math_block = (tokens, index, _options, env) =>
    `<div class="formula" tabindex="0">${renderFormula(tokens[index]!.content, true, env)}</div>\n`;
  return markdown;
}

const displayedInLine = /\$\$(?!\$)([^$]+?)\$\$/y;
const formulaInLine = /\$(?![\s{$])((?:\\[\s\S]|[^\\$`])*?(?:\\[\s\S]|[^\\$`\s]))\$(?!\d)/y;

function inlineFormula(state: InlineState, silent: boolean): boolean {
  if (state.src[state.pos] !== "$") return false;
  const displayed = matchAt(displayedInLine, state.src, state.pos);
  const formula = displayed ?? matchAt(formulaInLine, state.src, state.pos);
  if (formula === null) return false;
  if (!silent) state.push(displayed === null ? "math_inline" : "math_display", "math", 0).content = formula[1]!.trim();
  state.pos += formula[0].length;
  return true;
}

function displayedFormula(state: BlockState, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const first = lineText(state, startLine);
  if (!first.startsWith("$$")) return false;
  const lines = [first.slice(2)];
  let line = startLine;
  while (!lines.at(-1)!.trimEnd().endsWith("$$")) {
    if (++line >= endLine || lines.at(-1)!.includes("$$")) return false;
    lines.push(lineText(state, line));
  }
  const formula = lines.join("\n").trimEnd().slice(0, -2).trim();
  if (formula === "" || formula.includes("$$")) return false;
  if (silent) return true;
  const token = state.push("math_block", "math", 0);
  token.block = true;
  token.content = formula;
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}

function renderFormula(formula: string, displayMode: boolean, env: PageEnvironment): string {
  try {
    return katex.renderToString(formula, {displayMode, output: "htmlAndMathml", strict: "error", throwOnError: true});
  } catch (error) {
    const cause = (error as Error).message.replace(/^KaTeX parse error: /, "");
    throw new Error(`${pageName(env)}: the formula ${JSON.stringify(formula)} is not TeX that KaTeX accepts: ${cause}`);
  }
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
