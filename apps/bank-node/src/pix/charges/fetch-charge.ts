import {
  chargeDue,
  chargeTerms,
  chargeTxid,
  pixKeyValue,
  pixPayloadOutput,
  type ChargeSummary,
} from "@pacto/contract";
import { z } from "zod";
import type { Bank } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { readLocation } from "./location.ts";
import { chargePayload, verifyPayload } from "./payload.ts";

const ASK_MS = 3_000;

const payloadSchema = z.object({
  txid: chargeTxid,
  revisao: z.int().min(0),
  status: z.string(),
  chave: pixKeyValue,
  pacto: z.object({ terms: chargeTerms, due: chargeDue, expiresAt: z.iso.datetime() }),
});

export interface FetchedCharge extends ChargeSummary {
  readonly key: string;
  readonly isActive: boolean;
}

/**
 * The charge behind the URL of a BR Code. Only banks of the consortium are asked, over their own
 * channel, so that a code can make a node call nobody else.
 * @throws RefusalError `pix-code-elsewhere`, `banks-silent`, `pix-charge-unknown`,
 *   `pix-code-unverified`
 */
export async function fetchCharge(bank: Bank, url: string): Promise<FetchedCharge> {
  const found = readLocation(bank.manifest, url);
  if (found === undefined) throw new RefusalError({ code: "pix-code-elsewhere", details: { url } });
  const jws = await askPayload(bank, found);
  if (jws === null) {
    const details = { bank: found.bank, txid: found.token };
    throw new RefusalError({ code: "pix-charge-unknown", details });
  }
  const payload = payloadSchema.safeParse(await verifyPayload(bank.manifest, found.bank, jws));
  if (!payload.success) {
    throw new RefusalError({ code: "pix-code-unverified", details: { bank: found.bank } });
  }
  const { txid, revisao, status, chave, pacto } = payload.data;
  const { terms, due, expiresAt } = pacto;
  return {
    txid,
    revision: revisao,
    bank: found.bank,
    key: chave,
    isActive: status === "ATIVA",
    kind: terms.kind,
    due,
    isAmountOpen: terms.isAmountOpen,
    dueOn: terms.kind === "due" ? terms.dueOn : null,
    expiresAt,
    request: terms.request,
    additional: terms.additional,
  };
}

async function askPayload(
  bank: Bank,
  at: { readonly bank: string; readonly token: string },
): Promise<string | null> {
  const { token } = at;
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(token)) return null;
  if (at.bank === bank.id) return chargePayload(bank, token);
  const limit = { timeoutMs: ASK_MS };
  const [result] = await bank.peers.call(at.bank, "commit.pixPayload", [{ token }], limit);
  const answer =
    result?.kind === "answer"
      ? pixPayloadOutput.shape.items.element.safeParse(result.value).data
      : undefined;
  if (answer === undefined) {
    throw new RefusalError({ code: "banks-silent", details: { banks: at.bank } });
  }
  return answer.payload;
}
