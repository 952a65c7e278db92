import { verifyReceipt } from "@pacto/contract/signing";
import { withClient } from "../postgres/bank-database.ts";
import type { World } from "./world.ts";

/** Proofs verified at each bank; all are looked at for being there. */
const SAMPLE = 100;

const COMMITTED = `
  SELECT id, record, record -> 'ownVote' AS vote FROM global_transaction WHERE state = 'committed'
  UNION ALL
  SELECT transaction_id, record, record -> 'vote' FROM branch WHERE state = 'committed'`;

interface CommittedRow {
  readonly id: string;
  readonly record: Readonly<
    Record<"hash" | "descriptor" | "descriptorProof" | "certificate", unknown>
  >;
  readonly vote: unknown;
}

/**
 * I2, I14: whatever a bank has committed it can prove, with the manifest's public keys alone:
 * every participant's YES on the same descriptor, and the decision.
 */
export async function checkCertificates(world: World): Promise<string[]> {
  const found = await Promise.all(
    world.banks.map((bank) => checkBank(world, bank, world.booksOf(bank))),
  );
  return found.flat();
}

function checkBank(world: World, bank: string, url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows: without } = await client.query<{ id: string }>(
      `SELECT id FROM (${COMMITTED}) AS committed
        WHERE record ->> 'certificate' IS NULL LIMIT 10`,
    );
    const { rows } = await client.query<CommittedRow>(
      `SELECT * FROM (${COMMITTED}) AS committed
        WHERE record ->> 'certificate' IS NOT NULL ORDER BY random() LIMIT ${SAMPLE}`,
    );
    const unproven = rows.filter((row) => !isProven(world, bank, row));
    return [
      ...without.map(({ id }) => `I2: ${bank} committed ${id} without a certificate`),
      ...unproven.map(({ id }) => `I2: ${bank} cannot prove that ${id} is committed`),
    ];
  });
}

function isProven({ consortium }: World, bank: string, { record, vote }: CommittedRow): boolean {
  const { hash, descriptor, descriptorProof, certificate } = record;
  const receipt = {
    pacto: "receipt/1",
    bank,
    hash,
    descriptor,
    descriptorProof,
    vote,
    certificate,
    heuristic: null,
    issuedAt: new Date(0).toISOString(),
  };
  return verifyReceipt(receipt, consortium.manifest).proves === "commit";
}
