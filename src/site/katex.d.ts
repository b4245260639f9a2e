declare module "katex" {
  type Options = {
    readonly displayMode?: boolean;
    readonly output?: "html" | "mathml" | "htmlAndMathml";
    readonly strict?: "error" | "warn" | "ignore";
    readonly throwOnError?: boolean;
  };
  const katex: {renderToString(tex: string, options?: Options): string};
  export default katex;
}
