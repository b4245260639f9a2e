import {Worker} from "node:worker_threads";

/** The file descriptor on which a worker process says that it lives. */
export const heartbeatDescriptor = 4;
const interval = 500;

const thread = `
const {writeSync} = require("node:fs");
setInterval(() => {
  const {user, system} = process.cpuUsage();
  try {
    writeSync(${heartbeatDescriptor}, Math.round((user + system) / 1000) + "\\n");
  } catch (error) {
    if (error.code === "EPIPE") process.kill(process.pid, "SIGKILL");
  }
}, ${interval});
`;

/**
 * Writes the processor time of this process, in ms, to its heartbeat pipe
 * twice a second, from a thread of its own: a process that computes for long
 * between two turns of its event loop is heard too. When nobody listens any
 * more, because the run that asked has ended, the process ends with it.
 */
export function startHeartbeat(): void {
  new Worker(thread, {eval: true, stdout: false, stderr: false}).unref();
}
