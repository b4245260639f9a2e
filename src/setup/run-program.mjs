import { spawn } from "node:child_process";

/**
 * Runs a program to its end without input. `missing` means that there is no such program; `output` is the last 20,000
 * characters of what it wrote. It never rejects.
 */
export const runProgram = (program, args, { cwd, environment = process.env } = {}) =>
  new Promise((resolve) => {
    const script = process.platform === "win32" && !/\.exe$/i.test(program);
    const child = spawn(program, args, { cwd, env: environment, shell: script, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => resolve({ code: -1, missing: error.code === "ENOENT", output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? -1, missing: false, output }));
  });
