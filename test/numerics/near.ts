import assert from "node:assert/strict";

/** Fails unless two numbers agree to a relative error. */
export function near(found: number, expected: number, relative: number): void {
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected} to ${relative}`);
}
