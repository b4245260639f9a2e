import {appendFileSync} from "node:fs";
import {join} from "node:path";
import {openStore} from "../../../src/pipeline/store/index.ts";

const [folder, role, ...keys] = process.argv.slice(2) as [string, string, ...string[]];
const store = openStore(folder, (message) => {
  throw new Error(message);
});
const wait = (milliseconds: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** Reads the rows of a key, or computes them while it has the claim, and says so in the file `computed`. */
function ensure(key: string): string {
  for (;;) {
    const known = store.read("table", key, null);
    if (known !== undefined) return Buffer.from(known.bytes).toString();
    const claim = store.claim("table", key, null);
    if ("heldBy" in claim) {
      wait(2);
      continue;
    }
    try {
      if (store.find("table", key, null) !== undefined) continue;
      appendFileSync(join(folder, "computed"), `${key}\n`);
      wait(10);
      store.write("table", key, null, Buffer.from(`rows of ${key}`), {seconds: 0.01, note: {}});
    } finally {
      claim.release();
    }
  }
}

if (role === "holds") {
  for (const key of keys.slice(0, 2)) if ("heldBy" in store.claim("table", key, null)) throw new Error("the claim was held");
  process.stdout.write("held\n");
  setInterval(() => {}, 1000);
} else {
  process.stdin.once("data", () => {
    for (const key of keys) if (ensure(key) !== `rows of ${key}`) throw new Error(`other rows of ${key}`);
    process.exit();
  });
  process.stdout.write("ready\n");
}
