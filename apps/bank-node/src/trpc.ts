import type { Refusal } from "@pacto/contract";
import { inputRefusal, refusalCatalogue } from "@pacto/contract";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { BankContext } from "./context.ts";
import { engineRefusal } from "./ledger/engine/engine-refusal.ts";
import type { RestMeta } from "./rest/rest.ts";
import type { PeerActor, Role, StaffActor } from "./staff/actor.ts";

/** A refusal on its way to the edge: the one error that carries a meaning outward. */
export class RefusalError extends Error {
  override readonly name = "RefusalError";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.code, { cause });
    this.refusal = refusal;
  }
}

const STREAM_PING_MS = 5_000;
const STREAM_MS_MAX = 120_000;

const t = initTRPC
  .context<BankContext>()
  .meta<RestMeta>()
  .create({
    // A connection that says nothing for long is taken for dead by proxies, and by its reader.
    sse: {
      ping: { enabled: true, intervalMs: STREAM_PING_MS },
      client: { reconnectAfterInactivityMs: 3 * STREAM_PING_MS },
      // Its reader begins a new one, with the identity that it has then.
      maxDurationMs: STREAM_MS_MAX,
    },
    errorFormatter({ shape, error, ctx }) {
      const refusal = error.cause instanceof RefusalError ? error.cause.refusal : null;
      const isUnexpected = error.code === "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        // An unexpected error's text may hold anything: outward it is only its correlation id.
        message: isUnexpected ? "internal error" : shape.message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          refusal,
          correlationId: ctx?.correlationId ?? null,
        },
      };
    },
  });

export const router = t.router;

const OUTPUT_INVALID = "Output validation failed";

/** Turns refusals into tRPC's codes in one place; everything else stays an unexpected error. */
const refusals = t.middleware(async ({ ctx, type, next }) => {
  const result = await next();
  if (result.ok) return result;
  // An output that breaks its own schema is our defect, not the caller's input.
  if (result.error.message === OUTPUT_INVALID) return result;
  const cause = refusalErrorOf(result.error.cause, ctx.bank.id, type === "mutation");
  if (cause === undefined) return result;
  const { code } = cause.refusal;
  throw new TRPCError({ code: refusalCatalogue[code].edge, message: code, cause });
});

function refusalErrorOf(
  error: unknown,
  bank: string,
  isMutation: boolean,
): RefusalError | undefined {
  if (error instanceof RefusalError) return error;
  if (error instanceof z.core.$ZodError) return new RefusalError(inputRefusal(error), error);
  const refusal = engineRefusal(error, { bank, isMutation });
  return refusal === undefined ? undefined : new RefusalError(refusal, error);
}

const base = t.procedure.use(refusals);

function refuse(code: Refusal["code"]): never {
  throw new RefusalError({ code, details: {} });
}

/** Open to anybody, signed in or not: status only. */
export const openProcedure = base;

/** Open to staff who hold one of the roles; everybody else is refused (deny by default). */
export function staffProcedure(...roles: readonly [Role, ...Role[]]) {
  return base.use(({ ctx, next }) => {
    const { actor } = ctx;
    if (actor.kind !== "staff") refuse("not-signed-in");
    if (!roles.some((role) => actor.roles.includes(role))) refuse("not-allowed");
    const staff: StaffActor = actor;
    return next({ ctx: { ...ctx, actor: staff } });
  });
}

/** Open to a member bank whose signature over the request was verified before it was parsed. */
export const peerProcedure = base.use(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor.kind !== "peer") refuse("not-signed-in");
  const peer: PeerActor = actor;
  return next({ ctx: { ...ctx, actor: peer } });
});
