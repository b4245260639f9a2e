import {readFile, readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";

/**
 * Rewrites the pages of a built site in place: takes out what changes from one build to the next and puts right what Framework
 * has no option for. A file's time of change (`lastModified`) goes, since it is the time of the build or of the
 * checkout; `<html>` gets its language; the viewport lets readers zoom.
 *
 * @throws when a built module holds a file's time too: its name is a hash of that time, so no rewriting makes
 * two builds equal. A component then names a file itself; name it in the page and pass it.
 */
export async function finishPages(folder: string): Promise<void> {
  const names = (await readdir(folder, {recursive: true})).sort();
  await Promise.all(names.filter((name) => name.endsWith(".html")).map((name) => rewrite(join(folder, name), finishPage)));
  for (const name of names.filter((file) => /^_import[\\/].*\.js$/.test(file))) {
    if (fileTime.test(await readFile(join(folder, name), "utf8"))) {
      throw new Error(`${name}: this component names a file (FileAttachment), which puts the file's time into the site; name it in the page and pass it`);
    }
  }
}

const fileTime = /"lastModified":\d+(?:\.\d+)?,?/;

/** The same rewriting for the HTML of one page. */
export function finishPage(html: string): string {
  return html
    .replace(/^registerFile\(.*$/gm, (line) => line.replace(fileTime, ""))
    .replace(/<html>/, '<html lang="en">')
    .replace(", maximum-scale=1", "");
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path, "utf8");
  const after = change(before);
  if (after !== before) await writeFile(path, after);
}
