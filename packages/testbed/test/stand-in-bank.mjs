// Stands for a bank's node where only the life of its process matters.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

if (existsSync("refuse-to-start")) {
  console.error(readFileSync("refuse-to-start", "utf8"));
  process.exit(3);
}
const server = createServer((request, response) => {
  if (request.url === "/crash") process.exit(7);
  response.end(JSON.stringify({ bank: process.env.PACTO_BANK, environment: process.env }));
});
server.listen(Number(process.env.PACTO_PORT), process.env.PACTO_HOST, () => console.log("ready"));
process.on("SIGTERM", () => {
  writeFileSync("stopped-cleanly", "");
  server.closeAllConnections();
  server.close();
});
