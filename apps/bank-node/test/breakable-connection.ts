import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";

/** When the connection of the next COMMIT breaks, seen from the database. */
export type Break = "before-commit" | "after-commit";

/** Stands between a node and its PostgreSQL, and can break a connection at COMMIT. */
export interface BreakableConnection {
  /** The same database, through this proxy. */
  url(databaseUrl: string): string;
  /** Breaks the connection over which the next COMMIT goes; resolves when it has. */
  breakAt(moment: Break): Promise<void>;
  /** Ends all connections and refuses new ones, as a server that is down does. */
  close(): Promise<void>;
}

const COMMIT = Buffer.from("COMMIT\0");

export async function openBreakableConnection(serverUrl: string): Promise<BreakableConnection> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let armed: { readonly moment: Break; readonly done: () => void } | undefined;

  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    let breaking: (() => void) | undefined;
    const end = (done: () => void) => {
      client.destroy();
      server.destroy();
      done();
    };
    client.on("data", (bytes) => {
      if (armed !== undefined && bytes.includes(COMMIT)) {
        const { moment, done } = armed;
        armed = undefined;
        if (moment === "before-commit") return end(done);
        breaking = done;
      }
      server.write(bytes);
    });
    server.on("data", (bytes) => {
      // The tag of a completed COMMIT: it stands, and the node will not hear of it.
      if (breaking !== undefined) {
        if (bytes.includes(COMMIT)) end(breaking);
        return;
      }
      client.write(bytes);
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  return {
    url(databaseUrl) {
      const url = new URL(databaseUrl);
      url.hostname = "127.0.0.1";
      url.port = String(address.port);
      return url.href;
    },
    breakAt: (moment) =>
      new Promise((done) => {
        armed = { moment, done };
      }),
    async close() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
      if (proxy.listening) await once(proxy, "close");
    },
  };
}
