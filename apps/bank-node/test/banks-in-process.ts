import { randomUUID } from "node:crypto";
import type { Manifest } from "@pacto/contract";
import { createKeyRing, createVerifier, generateSigningKey } from "@pacto/contract/signing";
import { openPools } from "../src/database/pools.ts";
import { openPrisma } from "../src/database/prisma.ts";
import { createBankNode, type BankNode } from "../src/node.ts";
import type { Peers } from "../src/peers/client.ts";
import { Contacts } from "../src/peers/contacts.ts";
import { appRouter } from "../src/router.ts";
import type { Actor, Role } from "../src/staff/actor.ts";
import { createBankDatabase, type TestBankDatabase } from "./bank-database.ts";

const ROLES: readonly Role[] = ["teller", "supervisor", "auditor", "operator", "user-admin"];
const SERVER_VERSION = 180_000;

export type Caller = ReturnType<typeof appRouter.createCaller>;

export interface BankInProcess {
  readonly id: string;
  readonly node: BankNode;
  readonly database: TestBankDatabase;
  /** The router as a member of staff with every role uses it. */
  readonly staff: Caller;
  /** The router as another bank uses it. */
  peer(bank: string): Caller;
}

/** A message on its way between two banks; the test may lose it or hold it up. */
export type Meddle = (passage: {
  readonly from: string;
  readonly to: string;
  readonly procedure: string;
  readonly isReply: boolean;
}) => boolean | Promise<boolean>;

export interface BanksInProcess {
  bank(id: string): BankInProcess;
  /** Decides about every passage: false loses it. */
  meddle(with_: Meddle): void;
  stop(): Promise<void>;
}

/**
 * Banks in one process: real databases, engine, signatures, schemas and protocol shell. Only the
 * wire is replaced by a call, which a test can break.
 */
export async function startBanks(
  ids: readonly string[],
  decider: Manifest["decider"] = { kind: "local" },
): Promise<BanksInProcess> {
  const keys = new Map(ids.map((id) => [id, generateSigningKey()]));
  const manifest = manifestOf(ids, decider, keys);
  const banks = new Map<string, BankInProcess>();
  let meddle: Meddle = () => true;

  function peersOf(from: string): Peers {
    const call: Peers["call"] = async (to, procedure, items) => {
      const lost = items.map(() => ({ kind: "unreachable", reason: "lost" }) as const);
      const target = banks.get(to);
      if (target === undefined) return lost;
      if (!(await meddle({ from, to, procedure, isReply: false }))) return lost;
      const name = procedure.split(".")[1] as keyof Caller["commit"];
      const input = JSON.parse(JSON.stringify({ items }));
      const output = await target
        .peer(from)
        .commit[name](input)
        .catch(() => undefined);
      if (output === undefined) return lost;
      if (!(await meddle({ from: to, to: from, procedure, isReply: true }))) return lost;
      return output.items.map((value) => ({ kind: "answer", value }) as const);
    };
    return { call, close: () => undefined };
  }

  await Promise.all(
    ids.map(async (id) => {
      const database = await createBankDatabase();
      const pools = openPools({
        databaseUrl: database.serviceUrl,
        serverVersion: SERVER_VERSION,
        applicationName: `test-${id}`,
      });
      const signingKey = keys.get(id);
      if (signingKey === undefined) throw new Error(`no key for ${id}`);
      const node = await createBankNode({
        bank: id,
        version: "test",
        manifest,
        signingKey,
        verifier: createVerifier(createKeyRing(manifest.members)),
        pools,
        prisma: openPrisma(pools.api),
        peers: peersOf(id),
        contacts: new Contacts(ids),
        crashPoint: () => undefined,
        onError: (error, about) => {
          throw new Error(`${id}: ${about}`, { cause: error });
        },
      });
      const call = (actor: Actor) =>
        appRouter.createCaller({ bank: node.bank, actor, correlationId: "test" });
      banks.set(id, {
        id,
        node,
        database,
        staff: call({ kind: "staff", id: "t1", name: "Test", homeBank: id, roles: ROLES }),
        peer: (bank) => call({ kind: "peer", bank }),
      });
      node.start();
    }),
  );
  return {
    bank(id) {
      const bank = banks.get(id);
      if (bank === undefined) throw new Error(`no bank ${id}`);
      return bank;
    },
    meddle(with_) {
      meddle = with_;
    },
    async stop() {
      await Promise.all([...banks.values()].map(({ node }) => node.stop()));
      await Promise.all([...banks.values()].map(({ node }) => node.bank.pools.close()));
      await Promise.all([...banks.values()].map(({ database }) => database.drop()));
    },
  };
}

function manifestOf(
  ids: readonly string[],
  decider: Manifest["decider"],
  keys: ReadonlyMap<string, { keyId: string; publicKey: string }>,
): Manifest {
  return {
    consortium: { id: "test", name: "Test" },
    locale: "pt-BR",
    epoch: 1,
    decider,
    members: ids.map((id, at) => ({
      id,
      ispb: String(at + 1).padStart(8, "0"),
      name: `Banco ${id}`,
      colour: "#000000",
      mark: "BB",
      url: "",
      publicKeys: [{ keyId: keys.get(id)?.keyId ?? "", publicKey: keys.get(id)?.publicKey ?? "" }],
      trust: [],
      caps: {},
    })),
    signatures: [],
  };
}

export function newKey(): string {
  return randomUUID();
}

const CPFS = ["39053344705", "82178537464", "55550207753", "52998224725", "12345678909"];

/** A client of that bank with an account holding `centavos`; returns the account's number. */
export async function openAccountWith(
  bank: BankInProcess,
  centavos: number,
  more: { ceilingCentavos?: number; overdraftCentavos?: number; holder?: number } = {},
): Promise<string> {
  const { holder = 0, ...limits } = more;
  const clientId = await clientOf(bank, holder);
  const { account } = await bank.staff.accounts.open({
    idempotencyKey: newKey(),
    kind: "checking",
    holders: [clientId],
    openingDepositCentavos: centavos,
    ...limits,
  });
  return account.number;
}

async function clientOf(bank: BankInProcess, holder: number): Promise<string> {
  const taxId = CPFS[holder] ?? "";
  const found = await bank.staff.clients.list({ search: taxId });
  const known = found.clients[0];
  if (known !== undefined) return known.id;
  const { client } = await bank.staff.clients.create({
    idempotencyKey: newKey(),
    name: `Cliente ${holder + 1}`,
    taxId,
  });
  return client.id;
}

export async function balanceOf(bank: BankInProcess, number: string): Promise<number> {
  return (await bank.staff.accounts.get({ number })).account.ledgerCentavos;
}
