import type { ParsedTaxId } from "@pacto/banking";
import type { Refusal } from "./refusal.ts";

type Unread = Extract<ParsedTaxId, { ok: false }>;

/** Why a text is neither a CPF nor a CNPJ, in words that help to mend it. */
export function taxIdRefusal(unread: Unread): Refusal {
  const [reason, reasonPt] = reasonOf(unread);
  return { code: "tax-id-invalid", details: { reason, reasonPt } };
}

function reasonOf(unread: Unread): readonly [en: string, pt: string] {
  switch (unread.code) {
    case "tax-id-missing":
      return ["it is empty", "está vazio"];
    case "tax-id-length":
      return [
        `it has ${unread.length} characters; a CPF has 11 and a CNPJ has 14`,
        `tem ${unread.length} caracteres; um CPF tem 11 e um CNPJ tem 14`,
      ];
    case "tax-id-character":
      return [
        `"${unread.character}" cannot stand at position ${unread.position + 1}`,
        `"${unread.character}" não pode estar na posição ${unread.position + 1}`,
      ];
    case "tax-id-repeated-digits":
      return ["one digit repeated is never issued", "um só dígito repetido nunca é emitido"];
    case "tax-id-check-digits":
      return [
        "the check digits at the end do not match; compare it with the document",
        "os dígitos verificadores no fim não conferem; compare com o documento",
      ];
  }
}
