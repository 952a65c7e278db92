import { Pool } from "undici";
import type { TokenSource } from "../../consortium/staff-tokens.ts";

/** One HTTP request to a node: a procedure, or several in one batch of tRPC's wire. */
export interface WireCall {
  readonly path: string;
  readonly method: "GET" | "POST";
  readonly body?: string;
}

/** Keeps one connection for each caller, and speaks tRPC's public wire over it. */
export interface Wire {
  /** The answer's body. @throws Error when the node does not answer with 200 or 207 */
  send(call: WireCall): Promise<string>;
  close(): Promise<void>;
}

const ANSWERED = new Set([200, 207]);

/** `token` is a teller's; `refusalsAreAnswers` lets a refusal (4xx) count as an answer. */
export function openWire(options: {
  readonly url: string;
  readonly token: TokenSource;
  readonly connections: number;
  readonly refusalsAreAnswers?: boolean;
}): Wire {
  const { url, token, connections, refusalsAreAnswers = false } = options;
  const pool = new Pool(url, { connections, pipelining: 1, keepAliveTimeout: 60_000 });
  return {
    async send({ path, method, body }) {
      const authorization = `Bearer ${await token()}`;
      const headers = { authorization, "content-type": "application/json" };
      const answer = await pool.request({ path, method, headers, body: body ?? null });
      const text = await answer.body.text();
      const isRefusal = answer.statusCode >= 400 && answer.statusCode < 500;
      if (ANSWERED.has(answer.statusCode) || (refusalsAreAnswers && isRefusal)) return text;
      throw new Error(`${path} was answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    },
    close: () => pool.close(),
  };
}
