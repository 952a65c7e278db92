import { positionTold, type PositionsOutput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { selectPosition } from "./shares.ts";

const TIMEOUT_MS = 3_000;

/** Every bank's position towards all others, as each says of itself; a silent one has none. */
export async function readPositions(ctx: StaffContext): Promise<PositionsOutput> {
  const positions = await Promise.all(
    ctx.bank.manifest.members.map(async ({ id }) => {
      const told =
        id === ctx.bank.id ? await selectPosition(ctx.bank.pools.api) : await ask(ctx, id);
      return { bank: id, ...(told ?? { positionCentavos: null, open: null }) };
    }),
  );
  const isWhole = positions.every(({ positionCentavos }) => positionCentavos !== null);
  const sum = positions.reduce((all, { positionCentavos }) => all + (positionCentavos ?? 0), 0);
  return {
    at: new Date().toISOString(),
    positions,
    sumCentavos: isWhole ? sum : null,
  };
}

async function ask(ctx: StaffContext, bank: string) {
  const options = { timeoutMs: TIMEOUT_MS };
  const [result] = await ctx.bank.peers.call(bank, "commit.position", [{}], options);
  if (result?.kind !== "answer") return undefined;
  const parsed = positionTold.safeParse({ items: [result.value] });
  return parsed.success ? parsed.data.items[0] : undefined;
}
