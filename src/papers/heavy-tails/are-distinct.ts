/** Whether no value occurs twice. */
export const areDistinct = (values: readonly (number | string)[]): boolean => new Set(values).size === values.length;
