import { refusalCatalogue, refusalSentence, type Locale, type Refusal } from "@pacto/contract";

/** An error as RFC 9457 writes it, with our stable code and the figures of its sentence. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly details: Refusal["details"];
  /** ISO 20022 external status reason, where one exists. */
  readonly isoReason?: string;
  readonly correlationId: string;
}

export interface ProblemFacts {
  readonly status: number;
  readonly refusal: Refusal | null;
  readonly correlationId: string;
  readonly locale: Locale;
}

const PLAIN: Readonly<Record<number, string>> = {
  400: "bad-request",
  404: "not-found",
  405: "method-not-allowed",
  413: "too-large",
  415: "not-json",
  429: "overloaded",
};

const INTERNAL = {
  en: "Something went wrong here. Ask with the correlation id.",
  "pt-BR": "Algo deu errado aqui. Pergunte informando o identificador.",
} as const;

const UNREADABLE = {
  en: "The request cannot be read. Check its address, its method and that its body is JSON.",
  "pt-BR": "Não é possível ler o pedido. Confira o endereço, o método e se o corpo é JSON.",
} as const;

/** What a caller reads of a failure; an unexpected one tells nothing but its correlation id. */
export function problemOf({ status, refusal, correlationId, locale }: ProblemFacts): Problem {
  if (refusal === null) {
    const isOurs = status >= 500;
    const code = isOurs ? "internal-error" : (PLAIN[status] ?? "bad-request");
    const texts = isOurs ? INTERNAL : UNREADABLE;
    const detail = texts[locale];
    return { type: typeOf(code), title: code, status, detail, code, details: {}, correlationId };
  }
  const entry = refusalCatalogue[refusal.code];
  // REST callers know the key by its header.
  const details =
    refusal.details["field"] === "idempotencyKey"
      ? { ...refusal.details, field: "Idempotency-Key" }
      : refusal.details;
  return {
    type: typeOf(refusal.code),
    title: refusal.code,
    status,
    detail: refusalSentence({ code: refusal.code, details }, locale),
    code: refusal.code,
    details,
    ...("iso" in entry ? { isoReason: entry.iso } : {}),
    correlationId,
  };
}

function typeOf(code: string): string {
  return `urn:pacto:problem:${code}`;
}

/** The language of the sentences: English when it is asked for before Portuguese. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = /\b(pt|en)\b/i.exec(acceptLanguage ?? "")?.[1];
  return wanted?.toLowerCase() === "en" ? "en" : "pt-BR";
}
