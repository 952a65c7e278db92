import type { TransferSide } from "@pacto/contract";
import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";
import { readAmount } from "./amount.ts";
import { normalAccount, splitBank } from "./references.ts";

export interface Sides {
  readonly from: readonly TransferSide[];
  readonly to: readonly TransferSide[];
}

/**
 * Reads `--from BANK/ACCOUNT:AMOUNT …` and `--to BANK/ACCOUNT[:AMOUNT] …`. A single `--to` without
 * an amount gets the sum; that sides balance is left for the bank to judge.
 * @throws WrongUsage when a side is malformed or lacks its amount
 */
export function readSides(
  from: readonly string[],
  to: readonly string[],
  language: Language,
): Sides {
  const payers = from.map((text) => readPayer(text, language));
  const total = payers.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
  const receivers = to.map((text) => {
    const side = readSide(text, language);
    if (side.amountCentavos === null && to.length === 1) return { ...side, amountCentavos: total };
    return withAmount(side, text, language);
  });
  return { from: payers, to: receivers };
}

/** Reads `BANK/ACCOUNT:AMOUNT`. @throws WrongUsage */
export function readPayer(text: string, language: Language): TransferSide {
  return withAmount(readSide(text, language), text, language);
}

interface HalfSide {
  readonly bank: string;
  readonly account: string;
  readonly amountCentavos: number | null;
}

function readSide(text: string, language: Language): HalfSide {
  const form = language.locale === "en" ? "BANK/ACCOUNT:AMOUNT" : "BANCO/CONTA:VALOR";
  const { bank, rest } = splitBank(text, form, language);
  const at = rest.indexOf(":");
  const account = normalAccount(at < 0 ? rest : rest.slice(0, at));
  if (account === undefined) {
    throw new WrongUsage(language.texts.errors.badReference(text, form));
  }
  const amountCentavos = at < 0 ? null : readAmount(rest.slice(at + 1), language);
  return { bank, account, amountCentavos };
}

function withAmount(side: HalfSide, text: string, language: Language): TransferSide {
  const { amountCentavos } = side;
  if (amountCentavos === null) throw new WrongUsage(language.texts.errors.amountMissing(text));
  return { ...side, amountCentavos };
}
