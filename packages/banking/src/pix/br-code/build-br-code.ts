import { formatDecimal } from "../../money/format-reais.ts";
import { crc16 } from "../crc16.ts";
import { type BrCode, NO_TXID, PIX_GUI } from "./br-code.ts";
import { MERCHANT_CITY_MAX, MERCHANT_NAME_MAX, merchantText, plainText } from "./merchant-text.ts";
import { parseBrCode } from "./parse-br-code.ts";
import { fitsTlv, writeTlv } from "./tlv.ts";
import type { BrCodeViolation } from "./violation.ts";

export type BuiltBrCode =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly violations: readonly BrCodeViolation[] };

/**
 * Writes a BR Code. Name and city lose their accents, become capitals and are cut to 25 and 15;
 * nothing else is altered. What parseBrCode would refuse is never written: its violations are
 * returned instead, with positions in the text that would have been.
 */
export function buildBrCode(code: BrCode): BuiltBrCode {
  const objects = listObjects(code);
  const wrong = objects.filter(([, value]) => !fitsTlv(value));
  if (wrong.length > 0) {
    const violation = { rule: "value-length", severity: "error", expected: null } as const;
    return {
      ok: false,
      violations: wrong.map(([path]) => ({ ...violation, path, start: 0, end: 0 })),
    };
  }
  const body = `${objects.map(([id, value]) => writeTlv(id, value)).join("")}6304`;
  const text = body + crc16(body);
  const { violations } = parseBrCode(text);
  return violations.length === 0 ? { ok: true, text } : { ok: false, violations };
}

type TlvObject = readonly [id: string, value: string];

function listObjects(code: BrCode): readonly TlvObject[] {
  const body = code.kind === "composite" ? code.payment : code;
  const { merchant, pointOfInitiation, amountCentavos } = body;
  const txid = body.kind === "static" ? (body.txid ?? NO_TXID) : NO_TXID;
  return [
    ["00", "01"],
    ...present("01", pointOfInitiation),
    ["26", join([["00", PIX_GUI], ...listAccount(body)])],
    ["52", merchant.categoryCode],
    ["53", "986"],
    ...present("54", amountCentavos === null ? null : formatDecimal(amountCentavos)),
    ["58", "BR"],
    ["59", merchantText(merchant.name, MERCHANT_NAME_MAX)],
    ["60", merchantText(merchant.city, MERCHANT_CITY_MAX)],
    ...present("61", merchant.postalCode),
    ["62", join([["05", txid]])],
    ...present("80", "recurrenceUrl" in code ? joinUrl(code.recurrenceUrl) : null),
  ];
}

function listAccount(body: Exclude<BrCode, { kind: "composite" }>): readonly TlvObject[] {
  if (body.kind === "recurrence") return [];
  if (body.kind === "dynamic") return [["25", body.url]];
  const info = body.additionalInfo === null ? null : plainText(body.additionalInfo);
  return [["01", body.key.value], ...present("02", info), ...present("03", body.withdrawalIspb)];
}

function joinUrl(url: string): string {
  return join([
    ["00", PIX_GUI],
    ["25", url],
  ]);
}

function present(id: string, value: string | null): readonly TlvObject[] {
  return value === null ? [] : [[id, value]];
}

/** A template's value; empty, and so refused, when one of its objects cannot be written. */
function join(objects: readonly TlvObject[]): string {
  if (!objects.every(([, value]) => fitsTlv(value))) return "";
  return objects.map(([id, value]) => writeTlv(id, value)).join("");
}
