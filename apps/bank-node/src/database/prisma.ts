import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.ts";
import type { Pool } from "./pools.ts";

export type Prisma = PrismaClient;

/**
 * The model API on the given pool, for everything that is not money: money goes through the
 * posting engine's few set-based statements.
 */
export function openPrisma(pool: Pool): Prisma {
  return new PrismaClient({
    adapter: new PrismaPg(pool),
    // P8: waiting for a connection and holding one are bounded, and shorter than a caller's wait.
    transactionOptions: { maxWait: 2_000, timeout: 5_000 },
  });
}
