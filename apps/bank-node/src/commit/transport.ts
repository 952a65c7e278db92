import { replyMessage } from "@pacto/contract";
import type { Peers } from "../peers/client.ts";
import type { WireMessage } from "./parts.ts";
import type { Transport } from "./shell.ts";

const TIMEOUT_MS = 2_500;

/** The procedure that takes a message; answers travel in the reply and need none. */
export function procedureOf(message: WireMessage): string | undefined {
  switch (message.kind) {
    case "prepare":
      return "commit.prepare";
    case "decision":
      return "commit.decide";
    case "inquiry":
      return "commit.inquire";
    case "promise":
      return "commit.promise";
    case "accept":
      return "commit.accept";
    default:
      return undefined;
  }
}

/** Messages over the peers' signed HTTP; everything but a well-formed reply is unknown (R18). */
export function createTransport(peers: Peers): Transport {
  return async ({ to, message }) => {
    const procedure = procedureOf(message);
    if (procedure === undefined) throw new Error(`${message.kind} has no procedure of its own`);
    const [result] = await peers.call(to, procedure, [message], { timeoutMs: TIMEOUT_MS });
    if (result?.kind !== "answer" || result.value === null) return undefined;
    const reply = replyMessage.safeParse(result.value);
    return reply.success ? reply.data : undefined;
  };
}
