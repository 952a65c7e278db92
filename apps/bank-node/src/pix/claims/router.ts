import {
  answerPixClaimInput,
  cancelPixClaimInput,
  getPixClaimInput,
  listPixClaimsInput,
  listPixClaimsOutput,
  openPixClaimInput,
  pixClaimOutput,
} from "@pacto/contract";
import { rest } from "../../rest/rest.ts";
import { router, staffProcedure } from "../../trpc.ts";
import { cancelClaim, completeClaim, confirmClaim } from "./answer-claim.ts";
import { openClaim } from "./open-claim.ts";
import { listClaims, readClaim } from "./read-claims.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const claimsRouter = router({
  open: staffProcedure("teller")
    .meta(rest("POST", "/pix/claims", "Claim a PIX key of another bank"))
    .input(openPixClaimInput)
    .output(pixClaimOutput)
    .mutation(async ({ ctx, input }) => ({ claim: await openClaim(ctx, input) })),
  confirm: staffProcedure("teller")
    .meta(rest("POST", "/pix/claims/{id}/confirmation", "Let a claimed key go"))
    .input(answerPixClaimInput)
    .output(pixClaimOutput)
    .mutation(async ({ ctx, input }) => ({ claim: await confirmClaim(ctx, input) })),
  cancel: staffProcedure("teller")
    .meta(rest("POST", "/pix/claims/{id}/cancellation", "Give a claim up"))
    .input(cancelPixClaimInput)
    .output(pixClaimOutput)
    .mutation(async ({ ctx, input }) => ({ claim: await cancelClaim(ctx, input) })),
  complete: staffProcedure("teller")
    .meta(rest("POST", "/pix/claims/{id}/completion", "Bring a confirmed key here"))
    .input(answerPixClaimInput)
    .output(pixClaimOutput)
    .mutation(async ({ ctx, input }) => ({ claim: await completeClaim(ctx, input) })),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/pix/claims/{id}", "One claim"))
    .input(getPixClaimInput)
    .output(pixClaimOutput)
    .query(async ({ ctx, input }) => ({ claim: await readClaim(ctx, input) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/pix/claims", "Claims on PIX keys, both ways"))
    .input(listPixClaimsInput)
    .output(listPixClaimsOutput)
    .query(({ ctx, input }) => listClaims(ctx, input)),
});
