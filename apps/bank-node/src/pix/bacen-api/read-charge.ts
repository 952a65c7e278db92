import type { AskedTerms, ChargeTermsWire, ChargeView } from "@pacto/contract";
import { z } from "zod";

const MODALITY_MAX = 8;

/** Reais or a percentage, as `valor` and `valorPerc` are written: whole hundredths inside. */
export const decimalText = z
  .string()
  .regex(/^\d{1,10}\.\d{2}$/)
  .transform((text) => Number(text.replace(".", "")));

const taxIdField = {
  cpf: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  cnpj: z
    .string()
    .regex(/^[0-9A-Z]{14}$/)
    .optional(),
};

const debtor = z
  .object({ ...taxIdField, nome: z.string().min(1).max(200) })
  .refine(({ cpf, cnpj }) => (cpf === undefined) !== (cnpj === undefined), {
    error: "exactly one of cpf and cnpj",
    path: ["cpf"],
  });

const modality = z.union([z.int(), z.string().regex(/^\d$/).transform(Number)]);
const part = z.object({
  modalidade: modality.pipe(z.int().min(1).max(MODALITY_MAX)),
  valorPerc: decimalText,
});

const discount = z.object({
  modalidade: modality.pipe(z.int().min(1).max(6)),
  valorPerc: decimalText.optional(),
  descontoDataFixa: z.array(z.object({ data: z.iso.date(), valorPerc: decimalText })).optional(),
});

/** Cash by PIX is not offered: a body that asks for it is refused, not half understood. */
const refusedPart = z.undefined({ error: "not offered by this bank" }).optional();

const shared = {
  devedor: debtor,
  chave: z.string().min(1).max(77),
  loc: refusedPart,
  solicitacaoPagador: z.string().max(140),
  infoAdicionais: z
    .array(z.object({ nome: z.string().min(1).max(50), valor: z.string().min(1).max(200) }))
    .max(50),
};

const openness = modality.pipe(z.int().min(0).max(1)).default(0);

const cobAmount = z.object({
  original: decimalText,
  modalidadeAlteracao: openness,
  retirada: refusedPart,
});

const cobvAmount = z.object({
  original: decimalText,
  modalidadeAlteracao: openness,
  multa: part.optional(),
  juros: part.optional(),
  abatimento: part.optional(),
  desconto: discount.optional(),
});

const cobCalendar = z.object({ expiracao: z.int().min(1).max(2_147_483_647).default(86_400) });
const cobvCalendar = z.object({
  dataDeVencimento: z.iso.date(),
  validadeAposVencimento: z.int().min(0).default(30),
});

/** Body of `PUT /cob/{txid}` and `POST /cob`. */
export const cobBody = z.object({
  ...shared,
  calendario: cobCalendar.default({ expiracao: 86_400 }),
  devedor: debtor.optional(),
  valor: cobAmount,
  solicitacaoPagador: shared.solicitacaoPagador.default(""),
  infoAdicionais: shared.infoAdicionais.default([]),
});

/** Body of `PUT /cobv/{txid}`. */
export const cobvBody = z.object({
  ...shared,
  calendario: cobvCalendar,
  valor: cobvAmount,
  solicitacaoPagador: shared.solicitacaoPagador.default(""),
  infoAdicionais: shared.infoAdicionais.default([]),
});

const removal = z.literal("REMOVIDA_PELO_USUARIO_RECEBEDOR").optional();

/** Body of `PATCH /cob/{txid}`: what is left out stays. */
export const cobPatch = z
  .object({ ...shared, calendario: cobCalendar, valor: cobAmount })
  .partial()
  .extend({ status: removal });

/** Body of `PATCH /cobv/{txid}`. */
export const cobvPatch = z
  .object({ ...shared, calendario: cobvCalendar, valor: cobvAmount })
  .partial()
  .extend({ status: removal });

type CobBody = z.infer<typeof cobBody>;
type CobvBody = z.infer<typeof cobvBody>;
type DueTerms = Extract<ChargeTermsWire, { kind: "due" }>;
type ImmediateTerms = Extract<ChargeTermsWire, { kind: "immediate" }>;

export function termsOfCob(body: CobBody): AskedTerms {
  return {
    kind: "immediate",
    ...sharedTerms(body),
    amountCentavos: body.valor.original,
    isAmountOpen: body.valor.modalidadeAlteracao === 1,
    expiresInS: body.calendario.expiracao,
  };
}

export function termsOfCobv(body: CobvBody): AskedTerms {
  return {
    kind: "due",
    ...sharedTerms(body),
    dueOn: body.calendario.dataDeVencimento,
    validAfterDueDays: body.calendario.validadeAposVencimento,
    ...amountTerms(body.valor),
  };
}

/** The charge's terms with what the patch says in their place. */
export function patchedCob(
  { terms }: ChargeView,
  patch: z.infer<typeof cobPatch>,
): AskedTerms | null {
  if (terms.kind !== "immediate") return null;
  const { valor, calendario } = patch;
  const changed: ImmediateTerms = {
    ...terms,
    ...patchedShared(terms, patch),
    ...(valor === undefined
      ? {}
      : { amountCentavos: valor.original, isAmountOpen: valor.modalidadeAlteracao === 1 }),
    ...(calendario === undefined ? {} : { expiresInS: calendario.expiracao }),
  };
  return changed;
}

export function patchedCobv(
  { terms }: ChargeView,
  patch: z.infer<typeof cobvPatch>,
): AskedTerms | null {
  if (terms.kind !== "due") return null;
  const { valor, calendario } = patch;
  const changed: DueTerms = {
    ...terms,
    ...patchedShared(terms, patch),
    ...(valor === undefined ? {} : amountTerms(valor)),
    ...(calendario === undefined
      ? {}
      : {
          dueOn: calendario.dataDeVencimento,
          validAfterDueDays: calendario.validadeAposVencimento,
        }),
  };
  return changed;
}

interface SharedBody {
  readonly devedor?: z.infer<typeof debtor> | undefined;
  readonly solicitacaoPagador: string;
  readonly infoAdicionais: readonly { readonly nome: string; readonly valor: string }[];
}

type PatchedBody = { readonly [Name in keyof SharedBody]?: SharedBody[Name] | undefined };

function sharedTerms({ devedor, solicitacaoPagador, infoAdicionais }: SharedBody) {
  return {
    debtor:
      devedor === undefined
        ? null
        : { taxId: devedor.cpf ?? devedor.cnpj ?? "", name: devedor.nome },
    request: solicitacaoPagador,
    additional: infoAdicionais.map(({ nome, valor }) => ({ name: nome, value: valor })),
  };
}

function patchedShared(terms: ChargeTermsWire, patch: PatchedBody) {
  const { devedor, solicitacaoPagador, infoAdicionais } = patch;
  const given = sharedTerms({
    devedor,
    solicitacaoPagador: solicitacaoPagador ?? terms.request,
    infoAdicionais: infoAdicionais ?? [],
  });
  return {
    debtor: devedor === undefined ? terms.debtor : given.debtor,
    request: given.request,
    additional: infoAdicionais === undefined ? terms.additional : given.additional,
  };
}

function amountTerms(valor: z.infer<typeof cobvAmount>) {
  const { original, modalidadeAlteracao, multa, juros, abatimento, desconto } = valor;
  return {
    amountCentavos: original,
    isAmountOpen: modalidadeAlteracao === 1,
    fine: wire(multa),
    interest: wire(juros),
    rebate: wire(abatimento),
    discount: desconto === undefined ? null : discountOf(desconto),
  } as Pick<
    DueTerms,
    "amountCentavos" | "isAmountOpen" | "fine" | "interest" | "rebate" | "discount"
  >;
}

// The procedure's own schema decides which modalities there are.
function wire(of: z.infer<typeof part> | undefined) {
  return of === undefined ? null : { modality: of.modalidade, value: of.valorPerc };
}

function discountOf({ modalidade, valorPerc, descontoDataFixa }: z.infer<typeof discount>) {
  if (modalidade > 2) return { modality: modalidade, value: valorPerc };
  const until = descontoDataFixa?.map(({ data, valorPerc: value }) => ({ date: data, value }));
  return { modality: modalidade, until };
}
