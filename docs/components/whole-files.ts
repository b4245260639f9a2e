/** A file of the site, as `FileAttachment` gives it: the size is that of the build. */
export type SiteFile = {readonly name: string; readonly size: number; arrayBuffer(): Promise<ArrayBuffer>};

/**
 * Makes sure that files arrive as long as they were built: DuckDB reads a table that was cut between two batches as a
 * shorter one, without a word.
 *
 * @throws naming the first file that is absent or of another length.
 */
export async function requireWholeFiles(files: readonly SiteFile[]): Promise<void> {
  for (const file of files) {
    const {byteLength} = await file.arrayBuffer();
    if (byteLength !== file.size) throw new Error(`${file.name}: expected ${file.size} bytes, found ${byteLength}`);
  }
}
