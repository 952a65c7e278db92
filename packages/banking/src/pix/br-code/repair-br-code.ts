import { formatDecimal } from "../../money/format-reais.ts";
import { parseReais } from "../../money/parse-reais.ts";
import { crc16 } from "../crc16.ts";
import { readPixKey } from "../read-key.ts";
import { isTxid } from "../txid.ts";
import { type BrCode, NO_TXID, PIX_GUI } from "./br-code.ts";
import { MERCHANT_CITY_MAX, MERCHANT_NAME_MAX, merchantText } from "./merchant-text.ts";
import { type BrCodeReading, parseBrCode } from "./parse-br-code.ts";
import { readAmount } from "./read-amount.ts";
import { cleanings } from "./cleanings.ts";
import { findLength, type Repair } from "./find-length.ts";
import { findSlip } from "./find-slip.ts";
import { fitsTlv, isTemplate, type TlvField, writeTlv } from "./tlv.ts";
import type { BrCodeRule, BrCodeViolation } from "./violation.ts";

export type BrCodeRepair =
  | { readonly kind: "sound" }
  | {
      readonly kind: "repaired";
      readonly text: string;
      readonly brCode: BrCode;
      readonly repairs: readonly Repair[];
    }
  | { readonly kind: "beyond-repair"; readonly violations: readonly BrCodeViolation[] };

/** What a code must say and can only say in one way. */
const DEFAULTS: readonly WrittenObject[] = [
  { path: "00", value: "01" },
  { path: "52", value: "0000" },
  { path: "53", value: "986" },
  { path: "58", value: "BR" },
  { path: "62", value: `0503${NO_TXID}` },
];

/**
 * Proposes the sound BR Code that the author of a faulty one probably meant. For whoever issues
 * codes and wants to know what is wrong; never pay a repaired code, for a wrong check sum may mean
 * that the key was altered.
 */
export function repairBrCode(text: string): BrCodeRepair {
  if (parseBrCode(text).violations.length === 0) return { kind: "sound" };
  const candidates = cleanings(text);
  const sound = candidates.find((it) => parseBrCode(it).violations.length === 0);
  const slip = sound === undefined ? candidates.map(findSlip).find((it) => it !== null) : undefined;
  const found = slip === undefined ? null : repairReading(parseBrCode(slip.text));
  if (slip && found?.kind === "repaired") return { ...found, repairs: slip.repairs };
  const cleaned = sound ?? candidates[0] ?? "";
  const direct = repairReading(parseBrCode(cleaned));
  if (direct.kind !== "beyond-repair" || !direct.violations.some(isOfLengths)) return direct;
  const relengthed = findLength(cleaned);
  if (relengthed === null) return direct;
  const repair = repairReading(parseBrCode(relengthed.text));
  if (repair.kind !== "repaired") return direct;
  // A length that leaves out what every code has swallowed it, and the amount perhaps.
  if (repair.repairs.some(({ before }) => before === null)) return direct;
  return { ...repair, repairs: [...relengthed.repairs, ...repair.repairs] };
}

/** What a single wrong length leads to. */
function isOfLengths({ rule }: BrCodeViolation): boolean {
  return rule.startsWith("tlv-") || rule === "crc-missing" || rule === "foreign-template";
}

function repairReading(reading: BrCodeReading): BrCodeRepair {
  const lost = reading.violations.filter(({ rule }) => isLost(rule));
  if (lost.length > 0) return { kind: "beyond-repair", violations: lost };
  const { body, repairs } = rewrite(reading);
  const crc = crc16(`${body}6304`);
  const repaired = parseBrCode(`${body}6304${crc}`);
  const passedOver = repaired.violations.filter((it) => isPassedOver(it, repaired));
  if (repaired.brCode === null) return { kind: "beyond-repair", violations: repaired.violations };
  if (passedOver.length > 0) return { kind: "beyond-repair", violations: passedOver };
  const before = reading.fields.find(({ path }) => path === "63")?.value ?? null;
  const all = before === crc ? repairs : [...repairs, { path: "63", before, after: crc }];
  return {
    kind: "repaired",
    text: `${body}6304${crc}`,
    brCode: repaired.brCode,
    repairs: all,
  };
}

/** A template that nobody could read, and that is of PIX all the same: it would be lost. */
function isPassedOver({ rule, path }: BrCodeViolation, { fields }: BrCodeReading): boolean {
  const value = fields.find((field) => field.path === path)?.value.toLowerCase();
  return rule === "foreign-template" && value?.includes(PIX_GUI) === true;
}

function isLost(rule: BrCodeRule): boolean {
  return rule.startsWith("tlv-") || rule === "empty" || rule === "boleto" || rule === "too-long";
}

interface WrittenObject {
  readonly path: string;
  readonly value: string;
}

/** All root objects but the check sum, each sound where that is possible. */
function rewrite(reading: BrCodeReading): { body: string; repairs: readonly Repair[] } {
  const repairs: Repair[] = [];
  const written: WrittenObject[] = [];
  for (const field of reading.fields) {
    const { path } = field;
    if (path.includes(".") || path === "63") continue;
    const isRead = reading.fields.some((other) => other.path.startsWith(`${path}.`));
    const value =
      isTemplate(path) && isRead
        ? rewriteTemplate(field, reading, repairs)
        : rewriteValue(field, reading, repairs);
    if (value === null || !fitsTlv(value)) continue;
    const isRepeated = written.some((other) => other.path === path && other.value === value);
    if (isRepeated) repairs.push({ path, before: value, after: null });
    else written.push({ path, value });
  }
  for (const { path, value } of DEFAULTS) {
    if (written.some((other) => other.path === path)) continue;
    written.push({ path, value });
    repairs.push({ path, before: null, after: value });
  }
  written.sort((one, other) => Number(other.path === "00") - Number(one.path === "00"));
  return { body: written.map(({ path, value }) => writeTlv(path, value)).join(""), repairs };
}

function rewriteTemplate(field: TlvField, reading: BrCodeReading, repairs: Repair[]): string {
  const children = reading.fields.filter(
    ({ path, start, end }) =>
      path.startsWith(`${field.path}.`) && start >= field.start && end <= field.end,
  );
  return children
    .map((child) => {
      const value = rewriteValue(child, reading, repairs);
      return value === null || value === "" ? "" : writeTlv(child.path.slice(3), value);
    })
    .join("");
}

/** The object's value, made sound where it was not; null to leave the object out. */
function rewriteValue(field: TlvField, reading: BrCodeReading, repairs: Repair[]): string | null {
  const mended = reading.violations
    .filter(({ path }) => path === field.path)
    .reduce<string | null>(
      (value, violation) => (value === null ? null : mend(violation, value)),
      field.value,
    );
  if (mended !== field.value) {
    repairs.push({ path: field.path, before: field.value, after: mended });
  }
  return mended;
}

function mend({ rule, expected }: BrCodeViolation, value: string): string | null {
  switch (rule) {
    case "country":
      // "br" is a slip, "AR" another meaning; so is another currency.
      return value.toUpperCase() === expected ? expected : value;
    case "url-scheme":
    case "txid-beside-url":
      return expected;
    case "merchant-name":
      return merchantText(value, MERCHANT_NAME_MAX);
    case "merchant-city":
      return merchantText(value, MERCHANT_CITY_MAX);
    case "amount":
      return mendAmount(value);
    case "amount-zero":
    case "point-of-initiation":
      return null;
    case "txid":
      return mendTxid(value);
    case "key":
      return mendKey(value);
    default:
      return value;
  }
}

function mendAmount(value: string): string {
  const parsed = parseReais(value);
  if (!parsed.ok) return value;
  const written = formatDecimal(parsed.centavos);
  return readAmount(written) === null ? value : written;
}

function mendTxid(value: string): string {
  const bare = value.replace(/[^0-9A-Za-z]/g, "");
  if (bare === "") return NO_TXID;
  return isTxid(bare, "static-br-code") ? bare : value;
}

function mendKey(value: string): string {
  const reading = readPixKey(value);
  return reading.ok && reading.alternative === null ? reading.key.value : value;
}
