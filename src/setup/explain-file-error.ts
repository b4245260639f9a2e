import { SetupError } from "./setup-error.mjs";

/**
 * A failure of the file system as one line that says what to do; other errors come back as they are.
 * @param folder where the work was going on.
 * @param bytes what the work needs there.
 */
export const explainFileError = (error: unknown, folder: string, bytes: number): unknown => {
  if (!(error instanceof Error) || error instanceof SetupError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const explained = (advice: string): SetupError => new SetupError(`${folder}: ${advice}`, { cause: error });
  if (code === "ENOSPC" || code === "EDQUOT") {
    return explained(`the disk is full, ${bytes} bytes are needed for the native library; free some space`);
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return explained(`cannot be written (${code}); give your user the right to write there`);
  }
  if (code !== undefined) return explained(`the native library could not be put in place (${error.message}); run again`);
  return error;
};
