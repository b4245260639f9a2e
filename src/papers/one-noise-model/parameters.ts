/** Every experiment that joins the papers, with the schema of its parameters. */
export const parameterSections = {};
