import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { rmSync, writeFileSync, renameSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DATABASE_PART, type LabState } from "@pacto/contract";
import type { Backups } from "../consortium/backups.ts";
import type { DatabaseHandle } from "../consortium/database.ts";
import type { ProgramHandle } from "../consortium/program-handle.ts";
import { answerLab } from "../lab/answer-lab.ts";
import type { Lab } from "../lab/lab.ts";
import { type Backup, type ControlAction, controlActions, type ControlledPart } from "./schema.ts";

interface Controlled {
  readonly banks: readonly ProgramHandle[];
  readonly dashboard: ProgramHandle | undefined;
  readonly database: DatabaseHandle | undefined;
  /** Undefined when the databases were given: then they are somebody else's to copy. */
  readonly backups: Backups | undefined;
  /** Undefined where the consortium was started without. */
  readonly lab: Lab | undefined;
}

export interface ControlServer {
  readonly token: string;
  close(): Promise<void>;
}

/**
 * Lets `pacto bank stop|start|kill|pause|resume` reach the processes of this consortium: HTTP on a
 * free port of 127.0.0.1 with a random bearer token, both in a file of mode 0600. (A socket file
 * would need no token, but its path may be 107 bytes long at most, and data folders are longer.)
 */
export async function serveControl(parts: Controlled, path: string): Promise<ControlServer> {
  const token = randomBytes(32).toString("base64url");
  const server = createServer((request, response) => {
    answer(parts, token, request).then(
      ({ status, body }) => reply(response, status, body),
      (error: unknown) => {
        reply(response, 500, { error: error instanceof Error ? error.message : String(error) });
      },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const file = { url: `http://127.0.0.1:${port}`, token, pid: process.pid };
  writeFileSync(`${path}.draft`, JSON.stringify(file), { mode: 0o600 });
  renameSync(`${path}.draft`, path);
  return {
    token,
    async close() {
      rmSync(path, { force: true });
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body:
    | { readonly parts: readonly ControlledPart[] }
    | { readonly backups: readonly Backup[] }
    | LabState
    | { readonly error: string };
}

async function answer(parts: Controlled, token: string, request: IncomingMessage): Promise<Answer> {
  if (!isAuthorised(request.headers.authorization, token)) {
    return { status: 401, body: { error: "Give the token of control.json." } };
  }
  if (request.method === "GET" && request.url === "/parts") {
    return { status: 200, body: { parts: programs(parts).map(describe) } };
  }
  if (request.url?.startsWith("/lab") && parts.lab !== undefined) {
    return answerLab(parts.lab, request);
  }
  const [, bank, name] =
    /^\/parts\/([a-z0-9-]+)\/backups(?:\/([a-z0-9]+))?$/.exec(request.url ?? "") ?? [];
  if (bank !== undefined) return answerBackups(parts, request.method, { bank, name });
  const [, id, action] = /^\/parts\/([a-z0-9-]+)\/([a-z]+)$/.exec(request.url ?? "") ?? [];
  if (request.method !== "POST" || id === undefined || !isAction(action)) {
    return {
      status: 404,
      body: { error: `GET /parts, POST /parts/ID/${controlActions.join("|")}` },
    };
  }
  if (id === DATABASE_PART && parts.database !== undefined) {
    await parts.database[action]();
    return { status: 200, body: { parts: [] } };
  }
  const part = programs(parts).find((program) => program.id === id);
  if (part === undefined) {
    const ids = programs(parts).map((program) => program.id);
    return { status: 404, body: { error: `There is no ${id}. There are ${ids.join(", ")}.` } };
  }
  await part[action]();
  return { status: 200, body: { parts: [describe(part)] } };
}

async function answerBackups(
  { banks, backups }: Controlled,
  method: string | undefined,
  { bank, name }: { readonly bank: string; readonly name: string | undefined },
): Promise<Answer> {
  const part = banks.find(({ id }) => id === bank);
  if (part === undefined || backups === undefined) {
    return { status: 404, body: { error: `No database of ${bank} is copied here.` } };
  }
  if (method === "POST" && name === undefined) await backups.make(part);
  else if (method === "POST" && name !== undefined) await backups.restore(part, name);
  return { status: 200, body: { backups: await backups.list(bank) } };
}

function programs({ banks, dashboard }: Controlled): ProgramHandle[] {
  return [...banks, ...(dashboard ? [dashboard] : [])];
}

function describe(part: ProgramHandle): ControlledPart {
  const { id, name, url, state, logFile } = part;
  return { id, name, url, state, logFile, pid: part.pid ?? null };
}

function isAction(text: string | undefined): text is ControlAction {
  return controlActions.some((action) => action === text);
}

function isAuthorised(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function reply(response: ServerResponse, status: number, body: Answer["body"]): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
