import type { ChargeView } from "@pacto/contract";
import { z } from "zod";
import { fullCharge } from "./charge-shape.ts";
import { documentQuery, pageOf, pageParameters, periodQuery } from "./list-query.ts";
import type { AddPath, Answered, Asked } from "./paths.ts";
import { pixBody } from "./pix-shape.ts";
import {
  cobBody,
  cobPatch,
  cobvBody,
  cobvPatch,
  patchedCob,
  patchedCobv,
  termsOfCob,
  termsOfCobv,
} from "./read-charge.ts";

const create = "pix.charges.create";
const COB = { subject: "Cob", act: "operation" } as const;
const COBV = { subject: "CobV", act: "operation" } as const;

/** `/cob` and `/cobv` (pix-api 2.9.0). */
export function addChargePaths(add: AddPath): void {
  add("PUT", "/cob/:txid", COB, async (asked) => {
    const { txid = "" } = asked.params;
    const body = asked.body(cobBody);
    // The txid is the key: sent again it is the same charge.
    const input = { idempotencyKey: `cob:${txid}`, txid, key: body.chave, terms: termsOfCob(body) };
    return created(asked, await asked.charge(create, "mutation", input));
  });
  add("POST", "/cob", COB, async (asked) => {
    const body = asked.body(cobBody);
    const input = { idempotencyKey: asked.key, key: body.chave, terms: termsOfCob(body) };
    return created(asked, await asked.charge(create, "mutation", input));
  });
  add("PUT", "/cobv/:txid", COBV, async (asked) => {
    const { txid = "" } = asked.params;
    const body = asked.body(cobvBody);
    const terms = termsOfCobv(body);
    const input = { idempotencyKey: `cobv:${txid}`, txid, key: body.chave, terms };
    return created(asked, await asked.charge(create, "mutation", input));
  });
  add("PATCH", "/cob/:txid", COB, async (asked) => {
    const patch = asked.body(cobPatch);
    const charge = await read(asked, "immediate");
    return change(asked, { charge, patch, terms: patchedCob(charge, patch) });
  });
  add("PATCH", "/cobv/:txid", COBV, async (asked) => {
    const patch = asked.body(cobvPatch);
    const charge = await read(asked, "due");
    return change(asked, { charge, patch, terms: patchedCobv(charge, patch) });
  });
  for (const [path, kind, subject] of [
    ["/cob", "immediate", "Cob"],
    ["/cobv", "due", "CobV"],
  ] as const) {
    const about = { subject, act: "query" } as const;
    add("GET", `${path}/:txid`, about, async (asked) => tell(asked, await read(asked, kind)));
    add("GET", path, about, async (asked) => list(asked, kind));
  }
}

async function created(asked: Asked, charge: ChargeView): Promise<Answered> {
  return { status: 201, ...(await tell(asked, charge)) };
}

async function tell(asked: Asked, charge: ChargeView): Promise<Answered> {
  const payments = await asked.paymentsOf(charge);
  return { body: fullCharge(charge, payments.map(pixBody)) };
}

/** A charge of that kind; one of the other kind is not found under this path. */
async function read(asked: Asked, kind: "immediate" | "due"): Promise<ChargeView> {
  const { txid = "" } = asked.params;
  const { revisao } = asked.query(z.object({ revisao: z.coerce.number().int().min(0).optional() }));
  const asks = { txid, kind, ...(revisao === undefined ? {} : { revision: revisao }) };
  return asked.charge("pix.charges.get", "query", asks);
}

interface Change {
  readonly charge: ChargeView;
  readonly patch: { readonly status?: string | undefined; readonly chave?: string | undefined };
  readonly terms: object | null;
}

async function change(asked: Asked, { charge, patch, terms }: Change): Promise<Answered> {
  const { txid } = charge;
  const head = { idempotencyKey: asked.key, txid };
  if (patch.status !== undefined) {
    return tell(asked, await asked.charge("pix.charges.remove", "mutation", head));
  }
  const key = patch.chave === undefined ? {} : { key: patch.chave };
  const input = { ...head, ...key, terms };
  return tell(asked, await asked.charge("pix.charges.change", "mutation", input));
}

const listQuery = z
  .object({
    ...periodQuery,
    ...documentQuery,
    status: z
      .enum(["ATIVA", "CONCLUIDA", "REMOVIDA_PELO_USUARIO_RECEBEDOR", "REMOVIDA_PELO_PSP"])
      .optional(),
  })
  .refine(({ cpf, cnpj }) => cpf === undefined || cnpj === undefined, {
    error: "cpf and cnpj exclude each other",
    path: ["cpf"],
  });

interface Listed {
  readonly charges: readonly ChargeView[];
  readonly total: number;
}

async function list(asked: Asked, kind: "immediate" | "due"): Promise<Answered> {
  const query = asked.query(listQuery);
  const { limit, offset } = pageOf(query);
  const debtorTaxId = query.cpf ?? query.cnpj;
  const { charges, total } = await asked.call<Listed>("pix.charges.list", "query", {
    kind,
    createdFrom: query.inicio,
    createdUntil: query.fim,
    limit,
    offset,
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(debtorTaxId === undefined ? {} : { debtorTaxId }),
  });
  const told = await Promise.all(charges.map(async (charge) => (await tell(asked, charge)).body));
  return { body: { parametros: pageParameters(query, total), cobs: told } };
}
