import {
  previewBranchOutput,
  type PreviewBranch,
  type PreviewLine,
  type PreviewTransferInput,
  type Refusal,
} from "@pacto/contract";
import { previewBranch } from "../commit/preview-branch.ts";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { splitIntoBranches, type MoneyBranch } from "./split-into-branches.ts";

const TIMEOUT_MS = 1_500;

type Answered = PreviewBranch | undefined;

/**
 * What prepare would decide at every bank now, without holding anything. A bank that does not
 * answer is said to be unknown, not refused. Throws RefusalError when the request makes no sense.
 */
export async function previewTransfer(ctx: StaffContext, input: PreviewTransferInput) {
  const members = new Set(ctx.bank.manifest.members.map((member) => member.id));
  const split = splitIntoBranches(input, members, "");
  if (!split.ok) throw new RefusalError(split.refusal);
  const answers = await Promise.all(
    split.branches.map(async (branch) => ({ branch, answer: await ask(ctx, branch) })),
  );
  const lines = answers.flatMap(({ branch, answer }) => linesOf(branch, answer));
  return { feasible: lines.every((line) => line.status === "ok"), lines };
}

async function ask(ctx: StaffContext, { bank, work }: MoneyBranch): Promise<Answered> {
  if (bank === ctx.bank.id) return previewBranch(ctx.bank, work);
  const options = { timeoutMs: TIMEOUT_MS };
  const [result] = await ctx.bank.peers.call(bank, "commit.preview", [{ work }], options);
  if (result?.kind !== "answer") return undefined;
  const parsed = previewBranchOutput.safeParse({ items: [result.value] });
  return parsed.success ? parsed.data.items[0] : undefined;
}

function linesOf({ bank, work }: MoneyBranch, answer: Answered): PreviewLine[] {
  return work.legs.map((leg) => {
    const refusal = refusalOf(bank, leg.account, answer);
    const holder = answer?.holders.find(({ account }) => account === leg.account);
    return {
      bank,
      ...leg,
      holderMasked: holder?.holderMasked ?? null,
      status: answer === undefined ? "unknown" : refusal === null ? "ok" : "refused",
      refusal,
    };
  });
}

/** A bank refuses its branch as a whole; only the account that caused it shows the reason. */
function refusalOf(bank: string, account: string, answer: Answered): Refusal | null {
  if (answer === undefined) return { code: "bank-unreachable", details: { bank } };
  const { refusal } = answer;
  if (refusal === null) return null;
  const culprit = refusal.details["account"];
  return culprit === undefined || culprit === account ? refusal : null;
}
