const removedFunctions = {
  isArray: Array.isArray,
  isBoolean: (value: unknown) => typeof value === "boolean",
  isFunction: (value: unknown) => typeof value === "function",
  isNull: (value: unknown) => value === null,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isNumber: (value: unknown) => typeof value === "number",
  isObject: (value: unknown) => value !== null && typeof value === "object",
  isString: (value: unknown) => typeof value === "string",
  isUndefined: (value: unknown) => value === undefined,
};

/**
 * Defines the type tests that Node 23 removed from its `util` module, that Node 22 warns about, and that tfjs-node 4.22
 * still calls. `util` must be the CommonJS module object; its namespace as an ES module cannot be extended.
 */
export const restoreRemovedFunctions = (util: object): void => {
  for (const [name, value] of Object.entries(removedFunctions)) {
    Object.defineProperty(util, name, { value, configurable: true, enumerable: true, writable: true });
  }
};
