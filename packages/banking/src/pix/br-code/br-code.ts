import type { PixKey } from "../key.ts";

/** The GUI of PIX, compared without regard to case. */
export const PIX_GUI = "br.gov.bcb.pix";

/** Longest BR Code, in characters (`pixCopiaECola` of pix-api 2.9.0). */
export const BR_CODE_LENGTH_MAX = 512;

/** The txid that stands for none. */
export const NO_TXID = "***";

export interface Merchant {
  /** 1 to 25 characters; written in capitals without accents. */
  readonly name: string;
  /** 1 to 15 characters; written like the name. */
  readonly city: string;
  /** CEP as written, or null. */
  readonly postalCode: string | null;
  /** MCC; "0000" when the merchant has none. */
  readonly categoryCode: string;
}

interface BrCodeBase {
  readonly merchant: Merchant;
  /** "11" may be paid many times, "12" once, null leaves it open. */
  readonly pointOfInitiation: "11" | "12" | null;
  /** Centavos, or null when the payer chooses; a dynamic code's charge overrules it. */
  readonly amountCentavos: bigint | null;
}

/** Pays a key. */
export interface StaticBrCode extends BrCodeBase {
  readonly kind: "static";
  readonly key: PixKey;
  readonly txid: string | null;
  readonly additionalInfo: string | null;
  /** Institution that hands out cash (Pix Saque), or null. */
  readonly withdrawalIspb: string | null;
}

/** Pays the charge found at a URL, which is given without scheme. */
export interface DynamicBrCode extends BrCodeBase {
  readonly kind: "dynamic";
  readonly url: string;
}

/** Asks to authorise a recurrence (Pix Automático) and pays nothing now. */
export interface RecurrenceBrCode extends BrCodeBase {
  readonly kind: "recurrence";
  readonly recurrenceUrl: string;
}

/** Pays now and asks to authorise a recurrence. */
export interface CompositeBrCode {
  readonly kind: "composite";
  readonly payment: StaticBrCode | DynamicBrCode;
  readonly recurrenceUrl: string;
}

export type BrCode = StaticBrCode | DynamicBrCode | RecurrenceBrCode | CompositeBrCode;
