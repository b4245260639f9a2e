/** A TCP port from its text. @throws RangeError for anything but an integer from 0 to 65535. */
export function checkPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new RangeError(`port: expected an integer from 0 to 65535, found ${JSON.stringify(text)}`);
  return Number(text);
}
