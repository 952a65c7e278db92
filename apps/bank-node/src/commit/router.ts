import {
  acceptInput,
  auditWatchInput,
  auditWatchOutput,
  decideInput,
  holdingsInput,
  holdingsOutput,
  inquireInput,
  pingInput,
  pingOutput,
  pixDirectoryInput,
  pixDirectoryOutput,
  pixLetterInput,
  pixLetterOutput,
  pixHolderInput,
  pixHolderOutput,
  pixLookupInput,
  pixLookupOutput,
  positionAsked,
  positionTold,
  pixPayloadInput,
  pixPayloadOutput,
  prepareInput,
  previewBranchInput,
  previewBranchOutput,
  promiseInput,
  recoverInput,
  recoverOutput,
  repliesOutput,
  sharesAsked,
  sharesTold,
  type Replies,
} from "@pacto/contract";
import { answerWatcher } from "../audit/chain/answer-watcher.ts";
import { answerHoldings } from "../clients/read-elsewhere.ts";
import { answerRestoredPeer } from "../restore/answer-restored-peer.ts";
import { receiveLetter } from "../pix/letters/receive-letter.ts";
import { answerDirectory, answerLookup } from "../pix/answer-peers.ts";
import { answerShares } from "../reports/match.ts";
import { selectPosition } from "../reports/shares.ts";
import { chargePayload } from "../pix/charges/payload.ts";
import { answerHolder } from "../pix/send/find-account.ts";
import { peerProcedure, router } from "../trpc.ts";
import { previewBranch } from "./preview-branch.ts";
import type { BankContext } from "../context.ts";
import type { PeerActor } from "../staff/actor.ts";
import type { WireMessage } from "./parts.ts";

interface PeerContext extends BankContext {
  readonly actor: PeerActor;
}

async function receive(ctx: PeerContext, items: readonly WireMessage[]): Promise<Replies> {
  const replies = await ctx.bank.commit.receive(ctx.actor.bank, items);
  // The core types its answers more widely than the wire; `.output` holds them to the schema.
  return { items: replies as Replies["items"] };
}

/** Between banks only: every request is signed by its sender and verified before it is parsed. */
export const commitRouter = router({
  prepare: peerProcedure
    .input(prepareInput)
    .output(repliesOutput)
    .mutation(({ ctx, input }) => receive(ctx, input.items)),
  decide: peerProcedure
    .input(decideInput)
    .output(repliesOutput)
    .mutation(({ ctx, input }) => receive(ctx, input.items)),
  inquire: peerProcedure
    .input(inquireInput)
    .output(repliesOutput)
    .mutation(({ ctx, input }) => receive(ctx, input.items)),
  promise: peerProcedure
    .input(promiseInput)
    .output(repliesOutput)
    .mutation(({ ctx, input }) => receive(ctx, input.items)),
  accept: peerProcedure
    .input(acceptInput)
    .output(repliesOutput)
    .mutation(({ ctx, input }) => receive(ctx, input.items)),
  ping: peerProcedure
    .input(pingInput)
    .output(pingOutput)
    .mutation(({ ctx: { bank }, input }) => ({
      items: input.items.map(() => ({ bank: bank.id, incarnation: bank.incarnation })),
    })),
  pixPayload: peerProcedure
    .input(pixPayloadInput)
    .output(pixPayloadOutput)
    .mutation(async ({ ctx: { bank }, input }) => ({
      items: await Promise.all(
        input.items.map(async ({ token }) => ({ payload: await chargePayload(bank, token) })),
      ),
    })),
  pixHolder: peerProcedure
    .input(pixHolderInput)
    .output(pixHolderOutput)
    .mutation(async ({ ctx: { actor, bank }, input }) => ({
      items: await Promise.all(
        input.items.map(({ account }) => answerHolder(bank, actor.bank, account)),
      ),
    })),
  recover: peerProcedure
    .input(recoverInput)
    .output(recoverOutput)
    .mutation(async ({ ctx: { actor, bank }, input }) => ({
      items: await Promise.all(
        input.items.map((item) =>
          answerRestoredPeer(bank.pools.recovery, { ...item, bank: actor.bank }),
        ),
      ),
    })),
  holdings: peerProcedure
    .input(holdingsInput)
    .output(holdingsOutput)
    .mutation(async ({ ctx: { bank }, input }) => ({
      items: await Promise.all(input.items.map((item) => answerHoldings(bank.pools.api, item))),
    })),
  pixDirectory: peerProcedure
    .input(pixDirectoryInput)
    .output(pixDirectoryOutput)
    .mutation(async ({ ctx: { bank }, input }) => ({
      items: await Promise.all(
        input.items.map((item) => answerDirectory(bank.pools.recovery, item)),
      ),
    })),
  pixLookup: peerProcedure
    .input(pixLookupInput)
    .output(pixLookupOutput)
    .mutation(async ({ ctx: { actor, bank }, input }) => ({
      items: await Promise.all(input.items.map(({ key }) => answerLookup(bank, actor.bank, key))),
    })),
  pixLetter: peerProcedure
    .input(pixLetterInput)
    .output(pixLetterOutput)
    .mutation(async ({ ctx: { actor, bank }, input }) => {
      for (const item of input.items) {
        // oxlint-disable-next-line no-await-in-loop -- letters about one subject are read in order
        await receiveLetter(bank, actor.bank, item);
      }
      return { items: input.items.map(() => ({ isTaken: true as const })) };
    }),
  position: peerProcedure
    .input(positionAsked)
    .output(positionTold)
    .mutation(async ({ ctx: { bank }, input }) => ({
      items: await Promise.all(input.items.map(() => selectPosition(bank.pools.api))),
    })),
  shares: peerProcedure
    .input(sharesAsked)
    .output(sharesTold)
    .mutation(async ({ ctx: { actor, bank }, input }) => ({
      items: await Promise.all(input.items.map((item) => answerShares(bank, actor.bank, item))),
    })),
  auditWatch: peerProcedure
    .input(auditWatchInput)
    .output(auditWatchOutput)
    .mutation(async ({ ctx: { actor, bank }, input }) => ({
      items: await Promise.all(input.items.map((item) => answerWatcher(bank, actor.bank, item))),
    })),
  preview: peerProcedure
    .input(previewBranchInput)
    .output(previewBranchOutput)
    .mutation(async ({ ctx, input }) => ({
      items: await Promise.all(input.items.map(({ work }) => previewBranch(ctx.bank, work))),
    })),
});
