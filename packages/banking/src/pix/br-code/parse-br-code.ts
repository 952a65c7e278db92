import { crc16 } from "../crc16.ts";
import { BR_CODE_LENGTH_MAX, type BrCode } from "./br-code.ts";
import { checkPayment } from "./check-payment.ts";
import { checkMerchant } from "./check-merchant.ts";
import { composeBrCode } from "./compose-br-code.ts";
import { Findings } from "./findings.ts";
import { isTemplate, readTlv, type TlvField } from "./tlv.ts";
import type { BrCodeViolation } from "./violation.ts";

export interface BrCodeReading {
  /** Null when at least one violation is an error. */
  readonly brCode: BrCode | null;
  /** Every violation found, in the order of the text. */
  readonly violations: readonly BrCodeViolation[];
  /** The objects that could be told apart, templates before what is inside them. */
  readonly fields: readonly TlvField[];
}

/**
 * Reads a BR Code ("Pix copia e cola"). Blanks around it are ignored. All violations are reported,
 * not only the first; only when objects cannot be told apart does the rest stay unread.
 */
export function parseBrCode(text: string): BrCodeReading {
  const start = text.length - text.trimStart().length;
  const end = Math.max(start, text.trimEnd().length);
  const findings = new Findings();
  const refused = refuseWhole(text.slice(start, end));
  if (refused !== null) {
    findings.add({ rule: refused, path: "", start, end });
    return { brCode: null, violations: findings.sorted(), fields: [] };
  }

  const isWhole = readObjects(text, { start, end }, findings);
  if (isWhole) {
    checkFormat(findings);
    checkMerchant(findings, end);
    checkPayment(findings, end);
  }
  if (isWhole || findings.get("63")) checkCrc(text, { start, end }, findings);
  const violations = findings.sorted();
  const isSound = violations.every(({ severity }) => severity === "warning");
  return {
    brCode: isSound ? composeBrCode(findings) : null,
    violations,
    fields: findings.fields,
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function refuseWhole(code: string): "empty" | "boleto" | "too-long" | null {
  if (code === "") return "empty";
  if (/^[0-9]{44}$|^[0-9]{47,48}$/.test(code.replace(/[\s.-]/g, ""))) return "boleto";
  return code.length > BR_CODE_LENGTH_MAX ? "too-long" : null;
}

/** Collects all fields; false when some could not be told apart. */
function readObjects(text: string, { start, end }: Range, findings: Findings): boolean {
  const root = readTlv(text, start, end);
  let broken = root.broken === null ? [] : [{ ...root.broken, path: "" }];
  for (const field of root.fields) {
    findings.keep(field);
    if (!isTemplate(field.path)) continue;
    const inner = readTlv(text, field.valueStart, field.end, field.path);
    for (const child of inner.fields) findings.keep(child);
    if (inner.broken !== null) broken = [...broken, { ...inner.broken, path: field.path }];
  }
  for (const finding of broken) findings.add(finding);
  return broken.length === 0;
}

function checkFormat(findings: Findings): void {
  const [first] = findings.fields;
  if (first && (first.path !== "00" || first.value !== "01")) {
    const at = findings.get("00") ?? first;
    findings.add({ rule: "payload-format", ...at, path: "00", expected: "01" });
  }
  const initiation = findings.get("01");
  if (initiation && !/^1[12]$/.test(initiation.value)) {
    findings.add({ rule: "point-of-initiation", ...initiation });
  }
}

function checkCrc(text: string, { start, end }: Range, findings: Findings): void {
  const field = findings.get("63");
  if (!field) {
    findings.add({ rule: "crc-missing", path: "63", start: end, end });
    return;
  }
  if (field.end !== end) {
    findings.add({ rule: "crc-not-last", ...field });
    return;
  }
  const expected = crc16(text.slice(start, field.valueStart));
  const at = { path: "63", start: field.valueStart, end: field.end, expected };
  if (field.value === expected) return;
  const isLowerCase = field.value.toUpperCase() === expected;
  findings.add(
    isLowerCase ? { rule: "crc-lower-case", severity: "warning", ...at } : { rule: "crc", ...at },
  );
}
