/**
 * Installs the peers of the bench: a Python environment in `.cache/bench-peers` with pinned packages.
 * Uses the Python of $PYTHON, or python3, and pip's own configuration. Running it again changes nothing.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packages = ["numpy==2.4.6", "numba==0.68.0", "jax==0.10.2", "jaxlib==0.10.2", "torch==2.13.0"];
const folder = fileURLToPath(new URL("../.cache/bench-peers", import.meta.url));
const python = `${folder}/bin/python`;

function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`The peers are not installed: ${command} ${parameters.join(" ")}: ${error?.message ?? `exit code ${status}`}`);
    process.exit(1);
  }
}

if (!existsSync(python)) run(process.env.PYTHON ?? "python3", ["-m", "venv", folder]);
run(python, ["-m", "pip", "install", ...packages]);
run(python, ["-c", "import numpy, numba, jax, torch; print('numpy', numpy.__version__, 'numba', numba.__version__, 'jax', jax.__version__, 'torch', torch.__version__)"]);
