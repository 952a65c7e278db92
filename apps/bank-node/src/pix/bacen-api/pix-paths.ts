import type { ReceivedPix, RefundView } from "@pacto/contract";
import { z } from "zod";
import { documentQuery, pageOf, pageParameters, periodQuery } from "./list-query.ts";
import type { AddPath, Asked } from "./paths.ts";
import { pixBody, refundBody } from "./pix-shape.ts";
import { decimalText } from "./read-charge.ts";

const PIX = { subject: "Pix", act: "query" } as const;
const REFUND = { subject: "PixDevolucao", act: "operation" } as const;
const REFUND_READ = { subject: "PixDevolucao", act: "query" } as const;

/** `natureza`: what a receiver may ask for, and under which reason it goes. */
const REASONS = { ORIGINAL: "MD06", RETIRADA: "SL02" } as const;

const refundRequest = z.object({
  valor: decimalText,
  natureza: z.enum(["ORIGINAL", "RETIRADA"]).default("ORIGINAL"),
  descricao: z.string().max(140).default(""),
});

const flag = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .optional();

const pixQuery = z.object({
  ...periodQuery,
  ...documentQuery,
  txid: z
    .string()
    .regex(/^[a-zA-Z0-9]{1,35}$/)
    .optional(),
  txIdPresente: flag,
  devolucaoPresente: flag,
});

interface Listed {
  readonly payments: readonly ReceivedPix[];
  readonly total: number;
}

/** `/pix` and `/pix/{e2eid}/devolucao/{id}`. */
export function addPixPaths(add: AddPath): void {
  add("GET", "/pix", PIX, async (asked) => {
    const query = asked.query(pixQuery);
    const { payments, total } = await asked.call<Listed>("pix.received", "query", {
      from: query.inicio,
      until: query.fim,
      ...pageOf(query),
      ...(query.txid === undefined ? {} : { txid: query.txid }),
      ...(query.txIdPresente === undefined ? {} : { hasTxid: query.txIdPresente }),
      ...(query.devolucaoPresente === undefined ? {} : { hasRefund: query.devolucaoPresente }),
    });
    return { body: { parametros: pageParameters(query, total), pix: payments.map(pixBody) } };
  });
  add("GET", "/pix/:e2eid", PIX, async (asked) => ({ body: pixBody(await readPix(asked)) }));
  add("PUT", "/pix/:e2eid/devolucao/:id", REFUND, async (asked) => {
    const { e2eid = "", id = "" } = asked.params;
    const { valor, natureza, descricao } = asked.body(refundRequest);
    const { refund } = await asked.call<{ refund: RefundView }>("pix.refund", "mutation", {
      endToEndId: e2eid,
      id,
      amountCentavos: valor,
      description: descricao,
      reason: REASONS[natureza],
    });
    return { status: 201, body: refundBody(refund) };
  });
  add("GET", "/pix/:e2eid/devolucao/:id", REFUND_READ, async (asked) => {
    const { e2eid = "", id = "" } = asked.params;
    const input = { endToEndId: e2eid, id };
    const { refund } = await asked.call<{ refund: RefundView }>("pix.getRefund", "query", input);
    return { body: refundBody(refund) };
  });
}

async function readPix(asked: Asked): Promise<ReceivedPix> {
  const { e2eid = "" } = asked.params;
  const input = { endToEndId: e2eid };
  return (await asked.call<{ pix: ReceivedPix }>("pix.getReceived", "query", input)).pix;
}
