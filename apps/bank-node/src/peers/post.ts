import http from "node:http";
import https from "node:https";
import type { PeerCertificate } from "node:tls";
import { bankOfCertificate, type MutualTls } from "./mutual-tls.ts";

export type Post = (request: PostRequest) => Promise<PostOutcome>;

export interface PostRequest {
  /** Whose certificate must be there, where TLS is spoken. */
  readonly bank: string;
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What came back; anything but a whole response means that nothing is known (R18). */
export type PostOutcome =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      readonly body: Buffer;
    }
  | { readonly kind: "unreachable"; readonly reason: string; readonly isStaleSocket: boolean }
  | { readonly kind: "timeout" };

/** Twice what a request may be: replies carry certificates where requests carry hashes. */
const RESPONSE_BYTES_MAX = 4 * 1024 * 1024;

/** Connections are kept open per peer; redirects are not followed, proxies not used. */
export function createPost(tls?: MutualTls): { readonly post: Post; readonly close: () => void } {
  const options = {
    keepAlive: true,
    maxSockets: 32,
    maxFreeSockets: 16,
    scheduling: "lifo",
  } as const;
  const agents = {
    "http:": new http.Agent(options),
    "https:": new https.Agent({ ...options, ...tls?.context, maxCachedSessions: 0 }),
  };
  return {
    post: (request) => send(request, agents),
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

function send(
  { bank, url, body, headers, timeoutMs }: PostRequest,
  agents: { "http:": http.Agent; "https:": https.Agent },
): Promise<PostOutcome> {
  const isTls = url.protocol === "https:";
  return new Promise((resolve) => {
    const start = isTls ? https.request : http.request;
    const request = start(url, {
      method: "POST",
      agent: isTls ? agents["https:"] : agents["http:"],
      ...(isTls ? { checkServerIdentity: demandBank(bank) } : {}),
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
    });
    let isAnswered = false;
    const timer = setTimeout(() => {
      finish({ kind: "timeout" });
      request.destroy();
    }, timeoutMs);
    const finish = (outcome: PostOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = (reason: string) =>
      finish({ kind: "unreachable", reason, isStaleSocket: request.reusedSocket && !isAnswered });
    request.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    request.on("response", (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > RESPONSE_BYTES_MAX) request.destroy(new Error("response too large"));
        else chunks.push(chunk);
      });
      response.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      response.on("end", () => {
        const { statusCode: status = 0, headers: received } = response;
        finish({ kind: "response", status, headers: received, body: Buffer.concat(chunks) });
      });
    });
    request.end(body);
  });
}

/** A bank is known by the bank's name in its certificate, wherever its machine is. */
function demandBank(bank: string) {
  return (_host: string, certificate: PeerCertificate): Error | undefined => {
    if (bankOfCertificate(certificate) === bank) return undefined;
    return Object.assign(new Error(`not the certificate of ${bank}`), { code: "WRONG_BANK" });
  };
}
