/** Every experiment of this paper with the schema of its parameters. */
export const parameterSections = {};
