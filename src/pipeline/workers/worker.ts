import {answerRequests} from "./answer-requests.ts";
import {startHeartbeat} from "./heartbeat.ts";

startHeartbeat();
process.on("SIGINT", () => {}).on("SIGTERM", () => {});
process.on("message", answerRequests((said) => void process.send!(said)));
process.on("disconnect", () => process.exit());
