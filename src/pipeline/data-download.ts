import {DataFileError} from "./data-file-error.ts";

/** The part of `fetch` that a download needs. */
export type FetchAddress = (address: string, options: {readonly signal: AbortSignal}) => Promise<Response>;

/** What a download may cost. */
export interface DownloadLimits {
  readonly maximumBytes: number;
  /** For the whole transfer from one address. */
  readonly timeoutSeconds: number;
}

/**
 * Downloads one file from the first address that gives what `check` accepts.
 *
 * @param addresses tried in order
 * @param check throws if the bytes are not the wanted file
 * @throws {DataFileError} with one line for each address and why it failed
 */
export async function downloadFirst(
  addresses: readonly string[],
  check: (bytes: Uint8Array, where: string) => void,
  limits: DownloadLimits,
  fetchAddress: FetchAddress,
): Promise<Uint8Array> {
  const failures: string[] = [];
  for (const address of addresses) {
    try {
      const bytes = await download(address, limits, fetchAddress);
      check(bytes, address);
      return bytes;
    } catch (error) {
      failures.push(reason(error, address));
    }
  }
  throw new DataFileError(failures.join("\n"));
}

async function download(address: string, {maximumBytes, timeoutSeconds}: DownloadLimits, fetchAddress: FetchAddress): Promise<Uint8Array> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DataFileError(`${address}: no whole answer within ${timeoutSeconds} s`));
  }, timeoutSeconds * 1000);
  try {
    const response = await fetchAddress(address, {signal: controller.signal});
    if (!response.ok) throw new DataFileError(`${address}: expected status 200, found ${response.status}`);
    if (response.body === null) throw new DataFileError(`${address}: expected a body, found none`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > maximumBytes) throw new DataFileError(`${address}: expected at most ${maximumBytes} bytes, found more`);
      chunks.push(part.value);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

function reason(error: unknown, address: string): string {
  if (error instanceof DataFileError) return error.message;
  const {message, cause} = error as Error;
  const detail = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return `${address}: ${detail}`;
}
