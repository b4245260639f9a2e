/** The parts of markdown-it (14) that the plugins of this folder use; it ships no types. */

export type Token = {readonly type: string; readonly tag: string; content: string; markup: string; block: boolean; map: readonly [number, number] | null; meta: unknown; info: string};

export type CoreState = {readonly Token: new (type: string, tag: string, nesting: number) => Token; readonly tokens: Token[]; readonly env: PageEnvironment};

export type InlineState = {
  readonly src: string;
  pos: number;
  readonly posMax: number;
  readonly env: PageEnvironment;
  push(type: string, tag: string, nesting: number): Token;
};

export type BlockState = {
  readonly src: string;
  readonly bMarks: readonly number[];
  readonly eMarks: readonly number[];
  readonly tShift: readonly number[];
  readonly sCount: readonly number[];
  readonly blkIndent: number;
  line: number;
  readonly env: PageEnvironment;
  push(type: string, tag: string, nesting: number): Token;
};

/** What Framework passes to markdown-it for each page: its path without extension, such as `/methods`. */
export type PageEnvironment = {readonly path?: string};

type InlineRule = (state: InlineState, silent: boolean) => boolean;
type BlockRule = (state: BlockState, startLine: number, endLine: number, silent: boolean) => boolean;
type RenderRule = (tokens: readonly Token[], index: number, options: unknown, env: PageEnvironment, self: unknown) => string;

export type MarkdownIt = {
  readonly core: {readonly ruler: {push(name: string, apply: (state: CoreState) => void): void}};
  readonly inline: {readonly ruler: {before(name: string, rule: string, apply: InlineRule): void}};
  readonly block: {readonly ruler: {before(name: string, rule: string, apply: BlockRule, options?: {alt: readonly string[]}): void}};
  readonly renderer: {readonly rules: Record<string, RenderRule | undefined>};
};

/** A markdown-it plugin in the form that Framework's `markdownIt` option takes. */
export type MarkdownPlugin = (markdown: MarkdownIt) => MarkdownIt;

/** Gives the page's name as a reader of an error message knows it. */
export function pageName(env: PageEnvironment): string {
  return env.path === undefined ? "a page" : `page ${env.path.replace(/^\//, "").replace(/\.md$/, "")}.md`;
}

/** The text of one line of the block being parsed, from its first character that is not indentation. */
export function lineText(state: BlockState, line: number): string {
  return state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]!);
}
