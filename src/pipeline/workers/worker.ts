import {startHeartbeat} from "./heartbeat.ts";

startHeartbeat();
process.on("SIGINT", () => {}).on("SIGTERM", () => {});
process.on("disconnect", () => process.exit());
const {answerRequests} = await import("./answer-requests.ts");
process.on("message", answerRequests((said) => void process.send!(said)));
