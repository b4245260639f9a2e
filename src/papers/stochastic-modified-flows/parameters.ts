/** Every experiment of the paper, with the schema of its parameters. */
export const parameterSections = {};
