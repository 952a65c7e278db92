import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { lookupOutside } from "./targets.ts";

const TIMEOUT_MS = 10_000;
const ERROR_MAX = 200;

export interface SignedEvent {
  /** The same however often it is sent: by it a receiver knows what it has. */
  readonly id: string;
  readonly body: string;
}

export interface Attempt {
  readonly isDelivered: boolean;
  readonly status: number | null;
  readonly error: string | null;
}

/** The signature of the Standard Webhooks scheme: HMAC-SHA256 over id, time and body. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
}

/** Sends one event; only an answer of 2xx within ten seconds is a delivery. Follows no redirect. */
export function postEvent(
  url: string,
  secret: string,
  { id, body }: SignedEvent,
): Promise<Attempt> {
  const target = new URL(url);
  const seconds = Math.floor(Date.now() / 1_000);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "Pacto-Webhooks",
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatureOf(secret, id, seconds, body),
  };
  const options = { method: "POST", headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
  return new Promise((resolve) => {
    const failed = (error: Error) =>
      resolve({ isDelivered: false, status: null, error: error.message.slice(0, ERROR_MAX) });
    const request =
      target.protocol === "https:"
        ? httpsRequest(target, { ...options, agent: false, lookup: lookupOutside })
        : httpRequest(target, { ...options, agent: false });
    request.on("error", failed);
    request.on("response", (response) => {
      // What it says is not read: a receiver cannot make the node keep anything.
      response.on("error", failed);
      response.resume();
      const status = response.statusCode ?? 0;
      const isDelivered = status >= 200 && status < 300;
      resolve({ isDelivered, status, error: isDelivered ? null : `HTTP ${status}` });
      response.destroy();
    });
    request.end(body);
  });
}
