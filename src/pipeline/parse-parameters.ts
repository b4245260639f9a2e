import {createScanner, findNodeAtLocation, parseTree, printParseErrorCode} from "jsonc-parser";
import type {Node, ParseError} from "jsonc-parser";
import {ParameterError, pathText} from "./parameter-faults.ts";

const longestFile = 1_000_000;
const deepestNesting = 20;

/** The offset at which objects and arrays are nested too deep to be parameters, or undefined. */
function tooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  for (let depth = 0; scanner.getPosition() < text.length; ) {
    scanner.scan();
    const token = text[scanner.getTokenOffset()];
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth > deepestNesting) return scanner.getTokenOffset();
  }
  return undefined;
}

/**
 * The value of a JSON text with comments, its objects without a prototype, and
 * the place `file:line:column` of what stands at a path, or of the nearest
 * thing around it.
 * @throws ParameterError for a text that is no JSON, too long, nested too deep,
 *   or that has a name twice in an object.
 */
export function parseParameters(source: string, file: string): {readonly value: unknown; readonly place: (path: readonly PropertyKey[]) => string} {
  if (source.length > longestFile) throw new ParameterError(`${file}: expected at most ${longestFile} characters, found ${source.length}`);
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  const lineAndColumn = (offset: number) => {
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    return `${file}:${before.length}:${before.at(-1)!.length + 1}`;
  };
  const deep = tooDeep(text);
  if (deep !== undefined) throw new ParameterError(`${lineAndColumn(deep)}: expected objects and arrays nested at most ${deepestNesting} deep, found one more`);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, {allowTrailingComma: true});
  if (errors.length > 0 || tree === undefined) {
    const error = errors[0];
    const found = error === undefined ? "" : `, found ${JSON.stringify(text.slice(error.offset, error.offset + 20).split(/\r?\n/)[0])}`;
    throw new ParameterError(`${lineAndColumn(error?.offset ?? 0)}: not valid JSON with comments: ${error === undefined ? "it is empty" : printParseErrorCode(error.error)}${found}`);
  }
  const place = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length--) {
      const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
      if (node !== undefined) return lineAndColumn(node.parent?.type === "property" ? node.parent.offset : node.offset);
    }
    return file;
  };
  const read = (node: Node, path: readonly PropertyKey[]): unknown => {
    if (node.type === "array") return (node.children ?? []).map((child, i) => read(child, [...path, i]));
    if (node.type !== "object") return node.value;
    const object: Record<string, unknown> = Object.create(null);
    for (const property of node.children ?? []) {
      const [key, value] = property.children as [Node, Node];
      const name = key.value as string;
      if (Object.hasOwn(object, name))
        throw new ParameterError(`${lineAndColumn(key.offset)} ${pathText([...path, name])}: expected each name once, found it twice`);
      object[name] = read(value, [...path, name]);
    }
    return object;
  };
  return {value: read(tree, []), place};
}
