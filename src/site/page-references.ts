import {parse} from "parse5";
import type {Reference} from "./site-problem.ts";

/** What one page holds that a check needs: where it leads, its anchors, its scripts and its styles. */
export type PageContent = {
  readonly references: readonly Reference[];
  readonly anchors: ReadonlySet<string>;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
};

type Node = {
  readonly tagName?: string;
  readonly attrs?: readonly {readonly name: string; readonly value: string}[];
  readonly childNodes?: readonly Node[];
  readonly content?: Node;
  readonly value?: string;
};

const linkTags = new Set(["a", "area", "form"]);
const addressAttributes = new Set(["href", "src", "poster", "data", "action", "xlink:href"]);
const scriptTypes = new Set(["", "module", "text/javascript", "application/javascript"]);

/**
 * Reads one page of HTML: every address in it, elements inside templates included, with whether a reader follows
 * it or the page loads it. A `download` link is loaded too: what it offers must be there.
 */
export function readPage(file: string, html: string): PageContent {
  const references: Reference[] = [];
  const anchors = new Set<string>();
  const scripts: string[] = [];
  const styles: string[] = [];
  for (const {tagName = "", attrs = [], childNodes = []} of elements(parse(html) as unknown as Node)) {
    const attributes = new Map(attrs.map(({name, value}) => [name, value]));
    for (const anchor of [attributes.get("id"), tagName === "a" ? attributes.get("name") : undefined]) {
      if (anchor !== undefined) anchors.add(anchor);
    }
    const use = linkTags.has(tagName) && !attributes.has("download") ? "link" : "resource";
    for (const [name, value] of attributes) {
      if (name === "style") styles.push(`x{${value}}`);
      else if (tagName !== "base" && addressAttributes.has(name)) references.push({file, address: value, use});
      else if (name === "srcset") for (const address of srcset(value)) references.push({file, address, use: "resource"});
    }
    const refresh = tagName === "meta" ? /url=(.+)$/i.exec(attributes.get("content") ?? "") : null;
    if (refresh !== null && attributes.get("http-equiv")?.toLowerCase() === "refresh") references.push({file, address: refresh[1]!, use: "link"});
    const text = childNodes.map(({value = ""}) => value).join("");
    if (tagName === "style") styles.push(text);
    if (tagName === "script" && !attributes.has("src") && scriptTypes.has(attributes.get("type") ?? "")) scripts.push(text);
  }
  return {references, anchors, scripts, styles};
}

function* elements(node: Node): Generator<Node> {
  if (node.tagName !== undefined) yield node;
  for (const child of [...(node.childNodes ?? []), ...(node.content === undefined ? [] : [node.content])]) yield* elements(child);
}

function srcset(value: string): readonly string[] {
  return value.split(",").flatMap((candidate) => candidate.trim().split(/\s+/).slice(0, 1)).filter((address) => address !== "");
}
