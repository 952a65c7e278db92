import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** From least to most worth keeping: who has shown nothing yet gives way first. */
const stages = ["greeting", "sending", "resting", "served"] as const;
type Stage = (typeof stages)[number];

interface Connection {
  readonly socket: Socket;
  stage: Stage;
  /** Requests being answered; a caller may send the next one before it has the answer. */
  open: number;
}

/**
 * Bounds the connections of a server without locking good callers out. Node's `maxConnections`
 * turns away whoever comes last, so that as many slow connections as the bound keep everybody else
 * outside until their headers time out. Here the newcomer is let in, and the connection that has
 * waited longest in the least useful stage goes: one that has not finished its headers, then one
 * that has not finished its body, then an idle one. Only when all of them are being answered is the
 * newcomer turned away.
 */
export function boundConnections(server: Server, max: number): void {
  // A map keeps its order, and a connection that changes its stage goes to the end.
  const byStage: Record<Stage, Map<string, Connection>> = {
    greeting: new Map(),
    sending: new Map(),
    resting: new Map(),
    served: new Map(),
  };
  const connections = new Map<string, Connection>();

  function move(key: string, connection: Connection, stage: Stage): void {
    byStage[connection.stage].delete(key);
    connection.stage = stage;
    byStage[stage].set(key, connection);
  }

  function forget(key: string, connection: Connection): void {
    if (connections.get(key) !== connection) return;
    connections.delete(key);
    byStage[connection.stage].delete(key);
  }

  /** False when nobody may be sent away. */
  function makeRoom(): boolean {
    for (const stage of stages) {
      if (stage === "served") return false;
      const [oldest] = byStage[stage];
      if (oldest === undefined) continue;
      const [key, connection] = oldest;
      forget(key, connection);
      connection.socket.destroy();
      return true;
    }
    return false;
  }

  server.on("connection", (socket: Socket) => {
    if (connections.size >= max && !makeRoom()) return void socket.destroy();
    const key = keyOf(socket);
    const connection: Connection = { socket, stage: "greeting", open: 0 };
    connections.set(key, connection);
    byStage.greeting.set(key, connection);
    socket.once("close", () => forget(key, connection));
  });

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const key = keyOf(request.socket);
    const connection = connections.get(key);
    if (connection === undefined) return;
    const isCurrent = () => connections.get(key) === connection;
    connection.open += 1;
    move(key, connection, hasBody(request) ? "sending" : "served");
    request.once("end", () => {
      if (isCurrent() && connection.stage === "sending") move(key, connection, "served");
    });
    response.once("close", () => {
      connection.open -= 1;
      if (isCurrent() && connection.open === 0) move(key, connection, "resting");
    });
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return (length !== undefined && length !== "0") || headers["transfer-encoding"] !== undefined;
}

/** The same for a TCP connection and for the TLS session on it. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ""} ${remotePort ?? ""}`;
}
