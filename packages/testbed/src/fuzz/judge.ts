import { refusalCatalogue } from "@pacto/contract";
import type { FuzzRequest } from "./requests.ts";
import { CANARY } from "./suggestions.ts";

export interface FuzzAnswer {
  readonly status: number;
  readonly text: string;
}

/** Refusals by which a bank says that it cannot now: 503, and meant so. */
const CANNOT_NOW = new Set(
  Object.entries(refusalCatalogue).flatMap(([code, { edge }]) =>
    edge === "SERVICE_UNAVAILABLE" ? code : [],
  ),
);

/** Words of the machine's insides, which no caller may read. */
const INSIDES =
  /node_modules|\bat [\w.<>]+ \(|\bSELECT \w|\bINSERT INTO|\bviolates\b|relation "|Prisma|\bpg_|ECONN|\.ts:\d|\.js:\d/;

const CPF_SENT = /(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g;

/** What is wrong with an answer, or undefined: the oracle of the fuzzer. */
export function judge(request: FuzzRequest, { status, text }: FuzzAnswer): string | undefined {
  if (status >= 500 && !isCannotNow(text)) return `answered ${status}`;
  if (status < 400 && status !== 207) return undefined;
  const inside = INSIDES.exec(text);
  if (inside !== null) return `tells of its insides: ${inside[0]}`;
  if (status === 207) return undefined;
  if (text.toLowerCase().includes(CANARY)) return "repeats personal data: a name or an address";
  const sent = sentText(request);
  const taxIds = new Set([...sent.matchAll(/"taxId":"([^"]*)"/g)].map(([, id = ""]) => id));
  for (const [found] of text.matchAll(CPF_SENT)) {
    if (taxIds.has(found) || taxIds.has(found.replaceAll(/\D/g, ""))) {
      return "repeats personal data: a tax id";
    }
  }
  return undefined;
}

/** Every call that failed was refused by a code of the catalogue that means "not now". */
function isCannotNow(text: string): boolean {
  try {
    const body = JSON.parse(text) as unknown;
    const answers = (Array.isArray(body) ? body : [body]) as ErrorBody[];
    return answers.every(
      ({ error }) =>
        error === undefined || CANNOT_NOW.has(error.data?.refusal?.code ?? error.code ?? ""),
    );
  } catch {
    return false;
  }
}

interface ErrorBody {
  readonly error?: {
    readonly code?: string;
    readonly data?: { readonly refusal?: { readonly code: string } | null };
  };
}

function sentText({ path, body }: FuzzRequest): string {
  const query = path.split("input=")[1];
  const sent = typeof body === "string" ? body : (body?.toString("latin1") ?? "");
  if (query === undefined) return sent;
  try {
    return sent + decodeURIComponent(query);
  } catch {
    return sent + query;
  }
}
