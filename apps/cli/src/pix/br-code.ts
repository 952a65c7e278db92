import {
  buildBrCode,
  parseBrCode,
  readPixKey,
  repairBrCode,
  type BrCode,
  type BrCodeViolation,
} from "@pacto/banking";
import { readAmount } from "../arguments/amount.ts";
import { WrongUsage } from "../exit.ts";
import { facts } from "../output/layout.ts";
import { money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { drawQr, type QrOptions, readQrFile } from "./qr.ts";

export interface BuildOptions extends QrOptions {
  readonly key?: string;
  readonly url?: string;
  readonly name: string;
  readonly city: string;
  readonly txid?: string;
  readonly info?: string;
  readonly amount?: string;
  readonly once?: boolean;
}

/** `pacto pix brcode build`. Exit 1 when no sound code can be written of this. */
export async function buildCode(session: Session, options: BuildOptions): Promise<Told> {
  const { language } = session;
  const base = {
    merchant: { name: options.name, city: options.city, postalCode: null, categoryCode: "0000" },
    pointOfInitiation: options.once === true ? ("12" as const) : null,
    amountCentavos:
      options.amount === undefined ? null : BigInt(readAmount(options.amount, language)),
  };
  const code = { ...base, ...payeeOf(session, options) } as BrCode;
  const built = buildBrCode(code);
  if (built.ok) {
    const drawn = await drawQr(session, built.text, options);
    return { json: { text: built.text }, lines: [built.text, ...drawn] };
  }
  return {
    json: { text: null, violations: built.violations },
    lines: built.violations.map((violation) => lineOf(violation, session)),
    exit: 1,
  };
}

function payeeOf({ language }: Session, options: BuildOptions) {
  const { key, url } = options;
  const says = language.texts.pix;
  if (url !== undefined && key === undefined) return { kind: "dynamic", url };
  if (key === undefined || url !== undefined) throw new WrongUsage(says.keyOrUrl);
  const reading = readPixKey(key);
  if (!reading.ok) throw new WrongUsage(says.badKey(key));
  const { txid = null, info = null } = options;
  return {
    kind: "static",
    key: reading.key,
    txid,
    additionalInfo: info,
    withdrawalIspb: null,
  };
}

export interface CodeOptions {
  readonly image?: string;
}

/** The code as it was typed, or as a picture shows it. @throws WrongUsage */
async function codeFrom(
  session: Session,
  typed: string | undefined,
  { image }: CodeOptions,
): Promise<string> {
  if (image !== undefined && typed === undefined) return readQrFile(session, image);
  if (typed !== undefined && image === undefined) return typed;
  throw new WrongUsage(session.language.texts.pix.qr.codeOrImage);
}

/** `pacto pix brcode parse`. Exit 1 when the code may not be paid. */
export async function parseCode(
  session: Session,
  typed: string | undefined,
  options: CodeOptions,
): Promise<Told> {
  const text = await codeFrom(session, typed, options);
  const { brCode, violations } = parseBrCode(text);
  return {
    json: { text, brCode, violations: violations.map((violation) => inBytes(text, violation)) },
    lines: [
      ...(brCode === null ? [] : codeFacts(brCode, session)),
      ...violations.map((violation) => lineOf(violation, session)),
    ],
    exit: brCode === null ? 1 : 0,
  };
}

/** `pacto pix brcode doctor`: what is wrong and where, and the code that was probably meant. */
export async function examineCode(
  session: Session,
  typed: string | undefined,
  options: CodeOptions,
): Promise<Told> {
  const text = await codeFrom(session, typed, options);
  const says = session.language.texts.pix;
  const { violations } = parseBrCode(text);
  const repair = repairBrCode(text);
  const json = { ...repair, violations: violations.map((it) => inBytes(text, it)) };
  if (repair.kind === "sound") return { json, lines: [says.sound] };
  const findings = violations.flatMap((violation) => [
    "",
    text,
    underline(text, violation),
    lineOf(violation, session),
  ]);
  const cure =
    repair.kind === "beyond-repair"
      ? [says.beyond]
      : [
          says.repaired,
          repair.text,
          ...repair.repairs.map(({ path, before, after }) =>
            says.changed(path, before ?? says.nothing, after ?? says.nothing),
          ),
        ];
  const isError = violations.some(({ severity }) => severity === "error");
  return {
    json,
    lines: [...findings.slice(1), "", ...cure],
    exit: isError ? 1 : 0,
  };
}

function codeFacts(code: BrCode, { language }: Session): string[] {
  const { labels } = language.texts.pix;
  const body = code.kind === "composite" ? code.payment : code;
  return facts([
    [labels.kind, code.kind],
    [labels.key, body.kind === "static" ? `${body.key.value} (${body.key.type})` : null],
    [labels.url, body.kind === "dynamic" ? body.url : null],
    [labels.recurrence, "recurrenceUrl" in code ? code.recurrenceUrl : null],
    [labels.name, body.merchant.name],
    [labels.city, body.merchant.city],
    [
      labels.amount,
      body.amountCentavos === null ? null : money(Number(body.amountCentavos), language),
    ],
    [labels.txid, body.kind === "static" ? body.txid : null],
  ]);
}

function lineOf(violation: BrCodeViolation, { language }: Session): string {
  const says = language.texts.pix;
  const { rule, severity, path, expected } = violation;
  const where = path === "" ? "" : ` ${path}`;
  const cure = expected === null ? "" : ` (${says.expected(expected)})`;
  return `${says[severity]}${where}: ${says.rules[rule]}${cure} [${rule}]`;
}

/** Carets under what is wrong; under the place where something is missing, one. */
function underline(text: string, { start, end }: BrCodeViolation): string {
  const before = " ".repeat(Array.from(text.slice(0, start)).length);
  return before + "^".repeat(Math.max(1, Array.from(text.slice(start, end)).length));
}

function inBytes(text: string, violation: BrCodeViolation) {
  const bytes = (position: number) => Buffer.byteLength(text.slice(0, position));
  return { ...violation, startByte: bytes(violation.start), endByte: bytes(violation.end) };
}
