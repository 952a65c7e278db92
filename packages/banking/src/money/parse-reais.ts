import { MAX_CENTAVOS } from "./centavos.ts";
import type { Locale } from "./locale.ts";

export interface ParseReaisOptions {
  /** Accept 0; refused otherwise. */
  readonly zeroAllowed?: boolean;
  /** Whose thousands separator "1.500" or "1,500" is read with; without it both are refused. */
  readonly locale?: Locale;
}

export type ParsedReais =
  | { readonly ok: true; readonly centavos: bigint }
  | {
      readonly ok: false;
      readonly code:
        | "amount-missing"
        | "amount-malformed"
        | "amount-negative"
        | "amount-zero"
        /** More than two decimals: "200.005". */
        | "amount-decimals"
        /** "1.500" may be one and a half or fifteen hundred reais. */
        | "amount-ambiguous";
    }
  | {
      readonly ok: false;
      readonly code: "amount-too-large";
      readonly maximumCentavos: bigint;
    };

/** Longer than any amount that fits, however it is grouped and padded. */
const LENGTH_MAX = 64;

/**
 * Reads an amount in reais, as a person or program writes it, into centavos.
 *
 * A separator followed by one or two last digits is the decimal one; every other separator must
 * group exactly three digits, and all of those must be the same character, not the decimal one. A
 * lone separator before exactly three digits could be either, so it is refused unless `locale`
 * tells. "R$" and blanks around the number are ignored. Nothing is rounded.
 */
export function parseReais(text: string, options: ParseReaisOptions = {}): ParsedReais {
  if (text.length > LENGTH_MAX) return { ok: false, code: "amount-malformed" };
  const number = text.trim().replace(/^R\$/i, "").trim().replace(/^\+/, "");
  if (number === "") return { ok: false, code: "amount-missing" };
  if (/^[-\u2212]\s*(R\$\s*)?[0-9]/i.test(number)) return { ok: false, code: "amount-negative" };

  const shape = /^([0-9]+(?:[.,][0-9]+)*?)(?:[.,]([0-9]{1,2}))?$/.exec(number);
  if (!shape) return { ok: false, code: "amount-malformed" };
  const [, whole = "", decimals = ""] = shape;
  const grouped = checkGroups(whole, decimals === "" ? "" : separatorBefore(number, decimals));
  if (grouped !== null && !(grouped === "amount-ambiguous" && isGrouping(whole, options.locale))) {
    return { ok: false, code: grouped };
  }
  const centavos = BigInt(whole.replace(/[.,]/g, "") + decimals.padEnd(2, "0"));
  if (centavos > MAX_CENTAVOS) {
    return { ok: false, code: "amount-too-large", maximumCentavos: MAX_CENTAVOS };
  }
  if (centavos === 0n && options.zeroAllowed !== true) return { ok: false, code: "amount-zero" };
  return { ok: true, centavos };
}

function separatorBefore(number: string, decimals: string): string {
  return number.charAt(number.length - decimals.length - 1);
}

type GroupsRefusal = "amount-malformed" | "amount-decimals" | "amount-ambiguous";

/** Why the digits before the decimals are not grouped as thousands, or null when they may be. */
function checkGroups(whole: string, decimalSeparator: string): GroupsRefusal | null {
  const separators = new Set(whole.replace(/[0-9]/g, ""));
  if (separators.size === 0) return null;
  const groups = whole.split(/[.,]/);
  const areThousands =
    /^[1-9][0-9]{0,2}$/.test(groups[0] ?? "") &&
    groups.slice(1).every((group) => group.length === 3);
  if (groups.length === 2 && decimalSeparator === "") {
    return areThousands ? "amount-ambiguous" : "amount-decimals";
  }
  if (separators.size > 1) {
    // "1.234,567": the last separator can only be a decimal one, with too many decimals.
    return decimalSeparator === "" ? "amount-decimals" : "amount-malformed";
  }
  return areThousands && !separators.has(decimalSeparator) ? null : "amount-malformed";
}

function isGrouping(whole: string, locale: Locale | undefined): boolean {
  return locale !== undefined && whole.includes(locale === "pt-BR" ? "." : ",");
}
