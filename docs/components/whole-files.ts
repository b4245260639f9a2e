/** A file of the site, as `FileAttachment` gives it. */
export type SiteFile = {readonly name: string; readonly size: number; readonly href: string; arrayBuffer(): Promise<ArrayBuffer>};

const endOfStream = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];

/**
 * Makes sure that Arrow streams arrived whole: DuckDB reads a table that was cut between two batches as a shorter one,
 * without a word. Every complete stream ends with the end-of-stream mark, and on a built site it has the size that it
 * was built with; a preview, whose addresses end in `?sha=…`, knows the size of the loader alone.
 *
 * @throws naming the first file that is absent, lacks the mark or has another size.
 */
export async function requireWholeFiles(files: readonly SiteFile[]): Promise<void> {
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isPreview = new URL(file.href).searchParams.has("sha");
    if (!isPreview && bytes.length !== file.size) throw new Error(`${file.name}: expected ${file.size} bytes, found ${bytes.length}`);
    requireWholeStream(file.name, bytes);
  }
}

/** @throws naming the file where its bytes lack the end mark of an Arrow stream. */
export function requireWholeStream(name: string, bytes: Uint8Array): void {
  const end = bytes.length - endOfStream.length;
  if (!endOfStream.every((byte, i) => bytes[end + i] === byte)) throw new Error(`${name}: expected a whole Arrow stream, found ${bytes.length} bytes without its end mark`);
}
