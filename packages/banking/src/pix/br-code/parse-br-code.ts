import { crc16 } from "../crc16.ts";
import { BR_CODE_LENGTH_MAX, type BrCode, PIX_GUI } from "./br-code.ts";
import { checkPayment } from "./check-payment.ts";
import { checkMerchant } from "./check-merchant.ts";
import { composeBrCode } from "./compose-br-code.ts";
import { Findings } from "./findings.ts";
import { type BrokenTlv, isTemplate, type LengthUnit, readTlv, type TlvField } from "./tlv.ts";
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

  const isRead = readObjects(text, { start, end }, findings);
  if (isRead) {
    checkFormat(findings);
    checkMerchant(findings, end);
    checkPayment(findings, end);
  }
  if (isRead || findings.get("63")) checkCrc(text, { start, end }, findings);
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
function readObjects(text: string, range: Range, findings: Findings): boolean {
  const read = readTree(text, range, "characters");
  if (isWhole(read)) return keepTree(range, read, findings);
  // Some writers count bytes: what only reads that way says so of each length that differs.
  const inBytes = readTree(text, range, "bytes");
  if (!isWhole(inBytes)) return keepTree(range, read, findings);
  for (const field of inBytes.fields) {
    if (!/\P{ASCII}/u.test(field.value)) continue;
    const { path, start, valueStart: end } = field;
    findings.add({ rule: "length-in-bytes", path, start: start + 2, end });
  }
  return keepTree(range, inBytes, findings);
}

interface Tree {
  /** Templates before what is inside them. */
  readonly fields: readonly TlvField[];
  readonly broken: readonly (BrokenTlv & { readonly path: string })[];
  /** Templates of other arrangements whose inside nobody here can read. */
  readonly foreign: readonly TlvField[];
}

function isWhole(tree: Tree): boolean {
  return tree.broken.every((broken) => isAboutCrc(tree, broken));
}

/** A check sum cut off, or something after it: told of by the rules of the check sum. */
function isAboutCrc({ fields }: Tree, { path, object }: Tree["broken"][number]): boolean {
  const crc = fields.find((field) => field.path === "63");
  return path === "63" || (path === "" && crc !== undefined && object >= crc.end);
}

function readTree(text: string, range: Range, unit: LengthUnit): Tree {
  const root = readTlv(text, { ...range, unit });
  const fields: TlvField[] = [];
  const foreign: TlvField[] = [];
  const broken = root.broken === null ? [] : [{ ...root.broken, path: crcPath(text, root.broken) }];
  for (const field of root.fields) {
    fields.push(field);
    if (!isTemplate(field.path)) continue;
    const { valueStart: start, end, path } = field;
    const inner = readTlv(text, { start, end, template: path, unit });
    if (inner.broken !== null && path !== "62" && !saysPix(inner.fields)) {
      foreign.push(field);
      continue;
    }
    fields.push(...inner.fields);
    if (inner.broken !== null) broken.push({ ...inner.broken, path });
  }
  return { fields, broken, foreign };
}

/** "63" when what could not be read is a check sum that was cut off, else "". */
function crcPath(text: string, { object, end }: BrokenTlv): string {
  return /^6(3(0(4[0-9a-f]{0,3})?)?)?$/i.test(text.slice(object, end)) ? "63" : "";
}

function saysPix(fields: readonly TlvField[]): boolean {
  return fields.some(({ path, value }) => path.endsWith(".00") && value.toLowerCase() === PIX_GUI);
}

function keepTree(range: Range, tree: Tree, findings: Findings): boolean {
  for (const field of tree.fields) findings.keep(field);
  for (const field of tree.foreign) {
    const { path, valueStart: start, end } = field;
    findings.add({ rule: "foreign-template", severity: "warning", path, start, end });
  }
  for (const broken of tree.broken) {
    const { path, object, ...finding } = broken;
    if (path === "63") {
      findings.add({ rule: "crc-missing", path, start: object, end: range.end });
    } else if (!isAboutCrc(tree, broken)) findings.add({ ...finding, path });
  }
  return isWhole(tree);
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
    if (!findings.has("crc-missing")) {
      findings.add({ rule: "crc-missing", path: "63", start: end, end });
    }
    return;
  }
  if (field.end !== end) {
    findings.add({ rule: "crc-not-last", path: "63", start: field.end, end });
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
