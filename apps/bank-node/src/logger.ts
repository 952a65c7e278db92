import { type Logger, pino } from "pino";

export type { Logger } from "pino";

// CPF and CNPJ (letters since 2026), with or without their punctuation.
const CPF = /\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b/g;
const CNPJ = /\b[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}\b/g;
const EMAIL = /(?<![\w:/])[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
const PHONE = /\+55[ (]*[1-9]{2}[ )]*9?\d{4}-?\d{4}\b/g;
const URL_PASSWORD = /(\w+:\/\/[^:@\s/"]+:)[^@\s"]+@/g;
const BEARER = /(bearer\s+)[\w.~+/=-]+/gi;
const PEM = /-----BEGIN[^"]*?PRIVATE KEY[^"]*/g;

/** Replaces what may identify a person or open a door, wherever in the text it stands. */
export function maskSecrets(text: string): string {
  return text
    .replaceAll(CNPJ, "[tax-id]")
    .replaceAll(CPF, "[tax-id]")
    .replaceAll(URL_PASSWORD, "$1[secret]@")
    .replaceAll(EMAIL, "[email]")
    .replaceAll(PHONE, "[phone]")
    .replaceAll(BEARER, "$1[secret]")
    .replaceAll(PEM, "[secret]");
}

const REDACTED = ["authorization", "cookie", "password", "token", "secret", "privateKey", "taxId"];

export interface LoggerOptions {
  readonly bank: string;
  readonly level: string;
  /** Takes whole lines; standard output where absent. */
  readonly write?: (line: string) => void;
}

/**
 * The node's log: JSON lines, with personal data and secrets masked twice, by field and in the
 * finished line, because an error's text may hold anything (ASVS 16.2.5).
 */
export function createLogger({ bank, level, write }: LoggerOptions): Logger {
  const out = write ?? ((line: string) => void process.stdout.write(line));
  return pino(
    {
      level,
      base: { bank },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: "[secret]",
      },
    },
    { write: (line: string) => out(maskSecrets(line)) },
  );
}
