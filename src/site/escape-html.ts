const entities: Readonly<Record<string, string>> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", $: "&#36;", "{": "&#123;"};

/**
 * Makes any text safe as HTML text or as a quoted attribute's value. `$` and `{` are escaped too, because
 * Framework reads `${…}` in HTML as a program.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'${]/g, (character) => entities[character]!);
}
