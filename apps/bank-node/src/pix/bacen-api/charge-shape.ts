import { formatDecimal } from "@pacto/banking";
import type { ChargeTermsWire, ChargeView } from "@pacto/contract";

type DueTerms = Extract<ChargeTermsWire, { kind: "due" }>;

/** Reais as the API writes them: "123.45". Also a percentage with two decimals. */
export function decimal(hundredths: number): string {
  return formatDecimal(BigInt(hundredths));
}

/** A CPF or a CNPJ under the name that its length gives it. */
function document(taxId: string): { readonly cpf: string } | { readonly cnpj: string } {
  return taxId.length === 11 ? { cpf: taxId } : { cnpj: taxId };
}

/** What `Cob` and `CobV` have in common with the payload that payers fetch. */
export function chargeBody(charge: ChargeView): Record<string, unknown> {
  const { terms } = charge;
  const { debtor, request, additional } = terms;
  return {
    txid: charge.txid,
    revisao: charge.revision,
    status: charge.status,
    calendario: calendarOf(charge),
    ...(debtor === null ? {} : { devedor: { ...document(debtor.taxId), nome: debtor.name } }),
    valor: amountOf(terms),
    chave: charge.key,
    ...(request === "" ? {} : { solicitacaoPagador: request }),
    ...(additional.length === 0
      ? {}
      : { infoAdicionais: additional.map(({ name, value }) => ({ nome: name, valor: value })) }),
  };
}

function calendarOf({ terms, createdAt }: ChargeView): object {
  if (terms.kind === "immediate") return { criacao: createdAt, expiracao: terms.expiresInS };
  return {
    criacao: createdAt,
    dataDeVencimento: terms.dueOn,
    validadeAposVencimento: terms.validAfterDueDays,
  };
}

function amountOf(terms: ChargeTermsWire): Record<string, unknown> {
  const original = decimal(terms.amountCentavos);
  const modalidadeAlteracao = terms.isAmountOpen ? 1 : 0;
  if (terms.kind === "immediate") return { original, modalidadeAlteracao };
  const { fine, interest, rebate, discount } = terms;
  return {
    original,
    modalidadeAlteracao,
    ...(fine === null ? {} : { multa: part(fine) }),
    ...(interest === null ? {} : { juros: part(interest) }),
    ...(rebate === null ? {} : { abatimento: part(rebate) }),
    ...(discount === null ? {} : { desconto: discountOf(discount) }),
  };
}

function part({ modality, value }: { readonly modality: number; readonly value: number }): object {
  return { modalidade: modality, valorPerc: decimal(value) };
}

function discountOf(discount: NonNullable<DueTerms["discount"]>): object {
  if (!("until" in discount)) return part(discount);
  const descontoDataFixa = discount.until.map(({ date, value }) => ({
    data: date,
    valorPerc: decimal(value),
  }));
  return { modalidade: discount.modality, descontoDataFixa };
}
/** `CobCompleta` or `CobVCompleta`. */
export function fullCharge(charge: ChargeView, payments: readonly unknown[]): object {
  const { id, url: location, createdAt } = charge.location;
  const tipoCob = charge.terms.kind === "immediate" ? "cob" : "cobv";
  return {
    ...chargeBody(charge),
    loc: { id, location, tipoCob, criacao: createdAt },
    location,
    pixCopiaECola: charge.brCode,
    ...(payments.length === 0 ? {} : { pix: payments }),
  };
}
