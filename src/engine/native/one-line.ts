/** The first line of a text that says something, at most 300 characters of it. */
export const oneLine = (text: string): string => {
  const line = text.split(/\r?\n/).find((part) => part.trim() !== "") ?? "no message";
  return line.trim().slice(0, 300);
};
