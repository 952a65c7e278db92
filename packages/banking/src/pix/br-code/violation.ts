/**
 * What a BR Code may break. Sources: EMV QRCPS merchant-presented mode (tlv-…, crc-…), Manual de
 * Padrões para Iniciação do Pix v2.10.0 (§2.6 static, §2.7 dynamic, §2.8 recurrence).
 */
export type BrCodeRule =
  /** Nothing to read. */
  | "empty"
  /** A boleto's digits, which are paid elsewhere. */
  | "boleto"
  /** More than 512 characters. */
  | "too-long"
  /** An object's id is not two digits. */
  | "tlv-id"
  /** An object's length is not two digits from 01 to 99. */
  | "tlv-length"
  /** An object is longer than what is left. */
  | "tlv-overrun"
  /** A length counts bytes of UTF-8, where it should count characters. */
  | "length-in-bytes"
  /** A template of another arrangement whose inside cannot be read: it is passed over. */
  | "foreign-template"
  /** When writing: an object's value is empty or, a template's mostly, longer than 99. */
  | "value-length"
  /** The same object twice. */
  | "duplicate"
  /** 00 is not the first object or not "01". */
  | "payload-format"
  /** 01 is neither 11 nor 12. */
  | "point-of-initiation"
  /** None of 26 to 51 is of br.gov.bcb.pix. */
  | "pix-account-missing"
  /** More than one of 26 to 51 is of br.gov.bcb.pix. */
  | "pix-account-twice"
  | "key-and-url"
  | "neither-key-nor-url"
  /** Not a PIX key in the directory's form. */
  | "key"
  /** More than 72 characters. */
  | "additional-info"
  /** The institution that gives the cash is not eight digits or capitals. */
  | "withdrawal-ispb"
  /** Not a host and a path. */
  | "url"
  /** The scheme belongs to the reader, not into the code. */
  | "url-scheme"
  /** 52 is missing or not four digits. */
  | "category-code"
  /** 53 is missing or not 986. */
  | "currency"
  /** 54 is not reais with a dot and at most two decimals in 13 characters. */
  | "amount"
  /** Zero in a static code without a withdrawal. */
  | "amount-zero"
  /** 58 is missing or not BR. */
  | "country"
  /** 59 is missing or longer than 25. */
  | "merchant-name"
  /** 60 is missing or longer than 15. */
  | "merchant-city"
  /** 62 is missing. */
  | "additional-data-missing"
  | "txid-missing"
  /** Not 1 to 25 letters or digits, nor three asterisks. */
  | "txid"
  /** Beside a URL the txid is three asterisks; the charge has its own (§2.7). */
  | "txid-beside-url"
  /** A recurrence template (80 to 99) of br.gov.bcb.pix without URL. */
  | "recurrence-url-missing"
  | "recurrence-twice"
  | "crc-missing"
  | "crc-not-last"
  | "crc"
  | "crc-lower-case";

/** Warnings do not keep a code from being paid. */
export type Severity = "error" | "warning";

export interface BrCodeViolation {
  readonly rule: BrCodeRule;
  readonly severity: Severity;
  /** The object: "62.05"; "" when it is the whole code. */
  readonly path: string;
  /**
   * What to underline in the text that was given, from `start` up to and without `end`. Positions
   * of the string; in a code without accents they are bytes as well.
   */
  readonly start: number;
  readonly end: number;
  /** What should stand there, where only one thing can. */
  readonly expected: string | null;
}
