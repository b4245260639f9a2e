const pattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const longest = 80;

/**
 * Returns `name` if it can name a table, paper or data file: kebab-case, at
 * most 80 characters, so that it is safe in a path, an address and SQL.
 * @throws RangeError naming the value and the place `where` it stands.
 */
export function checkName(name: string, where: string): string {
  if (name.length > longest)
    throw new RangeError(`${where}: expected a name of at most ${longest} characters, found ${name.length}: ${JSON.stringify(name.slice(0, 40))}…`);
  if (!pattern.test(name))
    throw new RangeError(`${where}: expected a kebab-case name such as first-passage, found ${JSON.stringify(name)}`);
  return name;
}
