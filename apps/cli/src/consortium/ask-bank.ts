import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@pacto/bank-node/router";
import { approvalRequest, refusalSchema } from "@pacto/contract";
import { z } from "zod";
import { ApprovalAsked, DryRun, NotApprovable, Refused, Unanswered } from "../exit.ts";
import { localPerson } from "../sign-in/local-staff.ts";
import { type Signing, tokenOf } from "../sign-in/sign-in.ts";
import { type Consortium, memberOf } from "./consortium.ts";

export type BankApi = TRPCClient<AppRouter>;

export interface Asking {
  /** The key of a mutation: what was sent may have been done, and the key asks again. */
  readonly key?: string;
  readonly timeoutMs?: number;
  /** Somebody else than whoever acts otherwise, where two persons are needed. */
  readonly person?: string | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * Asks one bank's node.
 * @throws Refused with the bank's own refusal, Unanswered when no outcome came back
 */
export async function askBank<Answer>(
  consortium: Consortium,
  bank: string,
  question: (api: BankApi) => Promise<Answer>,
  { key, timeoutMs = TIMEOUT_MS, person }: Asking = {},
): Promise<Answer> {
  memberOf(consortium, bank);
  const { isDryRun, approvalReason } = consortium;
  const isShown = key !== undefined && (isDryRun === true || approvalReason !== undefined);
  const to: Addressee = { consortium, bank, key, timeoutMs, isShown, token: undefined };
  if (isShown) return showOrAsk(to, question, { key, person });
  const signing = signingOf(consortium, bank, person);
  const token = await tokenOf(signing);
  try {
    return await askOnce({ ...to, token }, question);
  } catch (error) {
    // A session that ended elsewhere: refused at the door, so nothing was done.
    if (!(error instanceof Refused) || error.refusal.code !== "not-signed-in") throw error;
    return askOnce({ ...to, token: await tokenOf(signing, true) }, question);
  }
}

function signingOf(consortium: Consortium, bank: string, named: string | undefined): Signing {
  const { dataDir, language, signal } = consortium;
  const person = named ?? consortium.person;
  const to = { consortium, bank, key: undefined, timeoutMs: TIMEOUT_MS, isShown: false };
  return {
    dataDir,
    bank,
    person,
    signal,
    member: () => localPerson(dataDir, { bank, person, language }),
    ask: (question) => askOnce({ ...to, token: undefined }, question),
  };
}

interface Addressee {
  readonly consortium: Consortium;
  readonly bank: string;
  readonly key: string | undefined;
  readonly timeoutMs: number;
  /** What would be sent is thrown as DryRun instead. */
  readonly isShown: boolean;
  readonly token: string | undefined;
}

async function askOnce<Answer>(
  { consortium, bank, key, timeoutMs, isShown, token }: Addressee,
  question: (api: BankApi) => Promise<Answer>,
): Promise<Answer> {
  const { url } = memberOf(consortium, bank);
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        fetch: (input, init) =>
          isShown
            ? Promise.reject(dryRunOf(bank, String(input), init?.body))
            : fetch(input as string, {
                ...(init as RequestInit),
                signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), consortium.signal]),
              }),
      }),
    ],
  });
  try {
    return await question(api);
  } catch (error) {
    throw outcomeOf(error, { bank, key: key ?? null });
  }
}

/** Throws what a verb would have sent, or what became of putting it before a second person. */
async function showOrAsk<Answer>(
  to: Addressee,
  question: (api: BankApi) => Promise<Answer>,
  { key, person }: { readonly key: string; readonly person: string | undefined },
): Promise<Answer> {
  try {
    return await askOnce(to, question);
  } catch (outcome) {
    const { approvalReason: reason, isDryRun } = to.consortium;
    if (!(outcome instanceof DryRun) || isDryRun === true || reason === undefined) throw outcome;
    throw await askApproval(to.consortium, outcome, { reason, key, person });
  }
}

type Input = Readonly<Record<string, unknown>>;

interface ApprovalAsking {
  readonly reason: string;
  readonly key: string;
  readonly person: string | undefined;
}

/** Puts before a second person what a verb would have sent, under the same key. */
async function askApproval(
  consortium: Consortium,
  { bank, verb, input }: DryRun,
  { reason, key, person }: ApprovalAsking,
): Promise<ApprovalAsked> {
  const { idempotencyKey: _, waitMs: __, ...payload } = input as Input;
  const request = approvalRequest.safeParse({ kind: verb, payload });
  if (!request.success) throw new NotApprovable(verb);
  const asked = { idempotencyKey: key, request: request.data, reason };
  const { approval } = await askBank(
    { ...consortium, approvalReason: undefined },
    bank,
    (api) => api.approvals.request.mutate(asked),
    { key, person },
  );
  return new ApprovalAsked(bank, approval);
}

const errorData = z.object({
  refusal: refusalSchema.nullable().optional(),
  correlationId: z.string().nullable().optional(),
});

/** The bank had an error of its own; whether it did what was asked is not known. */
export class BankError extends Unanswered {
  readonly correlationId: string;

  constructor(question: Unanswered["question"], correlationId: string, cause: unknown) {
    super(question, cause);
    this.correlationId = correlationId;
  }
}

/** `http://…/trpc/cash.deposit` with its body, as it would have been sent. */
function dryRunOf(bank: string, url: string, body: unknown): DryRun {
  const verb = new URL(url).pathname.split("/").at(-1) ?? "";
  return new DryRun(bank, verb, typeof body === "string" ? JSON.parse(body) : null);
}

function outcomeOf(
  error: unknown,
  { bank, key }: { readonly bank: string; readonly key: string | null },
): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  if (error.cause instanceof DryRun) return error.cause;
  const question = { bank, key, mayBeDone: key !== null };
  const data = errorData.safeParse(error.data);
  if (!data.success) {
    return new Unanswered({ ...question, mayBeDone: question.mayBeDone && wasSent(error) }, error);
  }
  const { refusal, correlationId } = data.data;
  if (refusal?.code === "outcome-unknown") return new Unanswered(question, error);
  if (refusal) return new Refused(refusal.code, refusal.details);
  return new BankError(question, correlationId ?? "-", error);
}

/** A connection that was never made carried nothing; any other failure may have. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]);

function wasSent(error: Error): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && NEVER_SENT.has(String(cause.code))) return false;
  }
  return true;
}
