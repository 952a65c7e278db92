import { type Refusal, refusalSentence } from "@pacto/contract";
import { BankError } from "../consortium/ask-bank.ts";
import {
  ApprovalAsked,
  DryRun,
  type ExitCode,
  NotApprovable,
  Refused,
  Unanswered,
  Unreachable,
  WrongUsage,
} from "../exit.ts";
import type { Language } from "../language/language.ts";
import type { Told } from "./told.ts";

/** What the program leaves behind: texts for both streams, and the exit code. */
export interface Report {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a verb told, as text for people or as one JSON document. */
export function reportOf(told: Told, isJson: boolean, language: Language): Report {
  const stderr = [
    ...(told.refusal === undefined ? [] : refusalLines(told.refusal, language)),
    ...(told.notes ?? []),
  ];
  return {
    exit: told.exit ?? 0,
    stdout: isJson ? jsonText(told.json) : textOf(told.lines),
    stderr: textOf(stderr),
  };
}

/** What went wrong, as code and sentence; undefined for an error that nobody expected. */
export function reportOfError(
  error: unknown,
  isJson: boolean,
  language: Language,
): Report | undefined {
  if (error instanceof DryRun) {
    const { bank, verb, input } = error;
    const sentence = language.texts.counter.dryRun(bank, verb);
    const stdout = isJson
      ? jsonText({ dryRun: true, bank, verb, input })
      : `${sentence}\n${jsonText(input)}`;
    return { exit: 0, stdout, stderr: "" };
  }
  if (error instanceof ApprovalAsked) {
    const { bank, approval } = error;
    const sentence = language.texts.approvals.asked(bank, approval.id);
    return { exit: 0, stdout: isJson ? jsonText({ bank, approval }) : `${sentence}\n`, stderr: "" };
  }
  const failure = failureOf(error, language);
  if (failure === undefined) return undefined;
  const { exit, lines, json } = failure;
  return { exit, stdout: isJson ? jsonText({ error: json }) : "", stderr: textOf(lines) };
}

interface Failure {
  readonly exit: ExitCode;
  readonly lines: readonly string[];
  readonly json: object;
}

function failureOf(error: unknown, language: Language): Failure | undefined {
  const { errors } = language.texts;
  if (error instanceof Refused) {
    const sentence = refusalSentence(error.refusal, language.locale);
    const json = { ...error.refusal, sentence };
    return { exit: 1, lines: refusalLines(error.refusal, language), json };
  }
  if (error instanceof NotApprovable) {
    const sentence = language.texts.approvals.notApprovable(error.verb);
    return { exit: 2, lines: [sentence], json: { code: "usage", sentence } };
  }
  if (error instanceof WrongUsage) {
    return { exit: 2, lines: [error.message], json: { code: "usage", sentence: error.message } };
  }
  if (error instanceof Unreachable) {
    const json = { code: "unreachable", sentence: error.message };
    return { exit: 3, lines: [error.message], json };
  }
  if (!(error instanceof Unanswered)) return undefined;
  const { bank, mayBeDone, key } = error.question;
  const code = mayBeDone ? "outcome-unknown" : "bank-unreachable";
  const lines = [`${code}: ${unansweredSentence(error, language)}`];
  if (mayBeDone && key !== null) lines.push(errors.askAgain(key));
  const json = { code, bank, idempotencyKey: key, sentence: lines.join(" ") };
  return { exit: 3, lines, json };
}

function unansweredSentence(error: Unanswered, { texts: { errors } }: Language): string {
  const { bank, mayBeDone, key } = error.question;
  if (error instanceof BankError) return errors.bankError(bank, error.correlationId);
  if (mayBeDone) return errors.outcomeUnknown(bank);
  return key === null ? errors.noAnswer(bank) : errors.notSent(bank);
}

function refusalLines(refusal: Refusal, { locale, texts }: Language): string[] {
  const line = `${refusal.code}: ${refusalSentence(refusal, locale)}`;
  return refusal.code === "approval-needed" ? [line, texts.approvals.hint] : [line];
}

/** No-break spaces keep amounts whole on screens; in a terminal they only hinder searching. */
function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line.replaceAll("\u00a0", " ")}\n`).join("");
}

function jsonText(json: unknown): string {
  return `${JSON.stringify(json, exactIntegers, 2)}\n`;
}

/** Bigint centavos and counts as JSON integers, as on the wire; as text beyond its range. */
function exactIntegers(_: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
