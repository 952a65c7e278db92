import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { silenceNotes } from "../consortium/ask-banks.ts";
import { Unanswered } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { chainLines, type Finding, type VerifiedChain } from "./findings.ts";
import { verifyFiles } from "./verify-files.ts";

export interface VerifyAuditOptions {
  readonly bank?: string;
  readonly manifest?: string;
}

/**
 * Verifies whole histories: exports without asking anybody, otherwise every bank's chain by its own
 * rows and by the heads that the other banks hold. Exit 0 when all is as it was sealed, 1 when not,
 * 3 when a bank does not answer.
 */
export async function verifyAudit(
  session: Session,
  files: readonly string[],
  options: VerifyAuditOptions,
): Promise<Told> {
  const silent = new Set<string>();
  const chains =
    files.length > 0
      ? await verifyFiles(session, files, options.manifest)
      : await verifyBanks(session, options.bank, silent);
  const isSound = chains.every(({ findings }) => findings.length === 0);
  return {
    json: { chains, silent: [...silent] },
    lines: chains.flatMap((chain) => chainLines(session, chain)),
    exit: isSound ? (silent.size === 0 ? 0 : 3) : 1,
    notes: silenceNotes([...silent], session),
  };
}

async function verifyBanks(
  session: Session,
  only: string | undefined,
  silent: Set<string>,
): Promise<VerifiedChain[]> {
  const members = session.consortium().manifest.members.map(({ id }) => id);
  const banks = only === undefined ? members : [readBank(only, session.language)];
  const chains: VerifiedChain[] = [];
  for (const bank of banks) {
    // oxlint-disable-next-line no-await-in-loop -- bank after bank, beside their own work
    const chain = await unlessSilent(bank, silent, () => verifyBank(session, bank));
    if (chain === undefined) continue;
    const findings: Finding[] = [...chain.findings];
    let held = 0;
    for (const holder of members.filter((one) => one !== bank && !silent.has(one))) {
      // oxlint-disable-next-line no-await-in-loop -- likewise
      const compared = await unlessSilent(holder, silent, () => compare(session, chain, holder));
      if (compared === undefined) continue;
      findings.push(...compared.findings);
      if (compared.heads > 0 && compared.findings.length === 0) held += 1;
    }
    chains.push({ ...chain, held, findings });
  }
  return chains;
}

async function unlessSilent<Answer>(
  bank: string,
  silent: Set<string>,
  question: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    silent.add(bank);
    return undefined;
  }
}

interface OwnChain extends VerifiedChain {
  /** Hash of each head, from number 1. */
  readonly hashes: ReadonlyMap<number, string>;
}

async function verifyBank(session: Session, bank: string): Promise<OwnChain> {
  const findings: Finding[] = [];
  const hashes = new Map<number, string>();
  let rows = 0;
  let from: number | null = 1;
  while (from !== null) {
    const start: number = from;
    // oxlint-disable-next-line no-await-in-loop -- page after page
    const page = await askBank(session.consortium(), bank, (api) =>
      api.audit.verify.query({ from: start }),
    );
    for (const { number, hash, size, isSound, faults } of page.blocks) {
      hashes.set(number, hash);
      rows += size;
      if (!isSound) findings.push({ kind: "unsound", bank, number });
      for (const fault of faults) findings.push({ kind: "row", bank, number, ...fault });
    }
    const last = page.blocks.at(-1)?.number ?? 0;
    for (const fault of page.added) findings.push({ kind: "row", bank, number: last, ...fault });
    from = page.next;
  }
  return { bank, blocks: hashes.size, rows, held: 0, isFile: false, findings, hashes };
}

/** The heads that `holder` keeps of a chain, against those that the chain's bank shows. */
async function compare(
  session: Session,
  { bank, hashes }: OwnChain,
  holder: string,
): Promise<{ readonly heads: number; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  let [heads, newest] = [0, 0];
  let from: number | null = 1;
  while (from !== null) {
    const start: number = from;
    // oxlint-disable-next-line no-await-in-loop -- page after page
    const page = await askBank(session.consortium(), holder, (api) =>
      api.audit.witnessed.query({ bank, from: start }),
    );
    for (const { number, hash } of page.heads) {
      heads += 1;
      newest = number;
      const shown = hashes.get(number);
      if (shown !== undefined && shown !== hash) {
        findings.push({ kind: "differs", bank, number, holder });
      }
    }
    from = page.next;
  }
  if (newest > hashes.size && (await lastShown(session, bank)) < newest) {
    findings.push({ kind: "shortened", bank, number: newest, holder });
  }
  return { heads, findings };
}

/** What was sealed meanwhile is no loss. */
async function lastShown(session: Session, bank: string): Promise<number> {
  const { last } = await askBank(session.consortium(), bank, (api) => api.audit.chain.query());
  return last?.number ?? 0;
}
