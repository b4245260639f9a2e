import {answerRequests} from "./answer-requests.ts";
import {startHeartbeat} from "./heartbeat.ts";

startHeartbeat();
process.on("SIGINT", () => {}).on("SIGTERM", () => {});
process.on("message", answerRequests((reply) => void process.send!(reply)));
process.on("disconnect", () => process.exit());
