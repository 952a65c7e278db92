import { join } from "node:path";
import type { ConsortiumEvent } from "../consortium/program-handle.ts";
import { readDatabaseUrls } from "../consortium/database-urls.ts";
import { type Consortium, startConsortium } from "../consortium/start-consortium.ts";
import type { DatabaseHandle } from "../consortium/database.ts";
import type { BooksAddress } from "../laws/index.ts";
import { urlFor } from "../postgres/bank-database.ts";
import { findFreePort } from "../processes/ports.ts";
import type { ProgramEnd } from "../processes/supervised.ts";
import { repositoryFolder } from "../repository.ts";
import { readTemplate } from "../consortium/resolve-manifest.ts";
import { BankProcess } from "./bank-process.ts";
import { type BankProxy, startProxy } from "./proxy.ts";
import { createRandom, type Random } from "./random.ts";

export interface WorldOptions {
  readonly dataDir: string;
  /** Path of a template; `consortium/brasil.json` unless given. */
  readonly manifest?: string | undefined;
  readonly random?: Random;
  /** Processes of each bank; 1 unless given. */
  readonly replicas?: Readonly<Record<string, number>> | undefined;
  readonly bundle?: string | undefined;
  /** By bank, over `bundle`: a consortium whose banks are not all of one version. */
  readonly bundleOf?: ((bank: string) => string | undefined) | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly onEnd?: (process: BankProcess, end: ProgramEnd, plan: string | undefined) => void;
  readonly report?: ((event: ConsortiumEvent) => void) | undefined;
}

/** A consortium whose every process, message and database can be broken from outside. */
export interface World {
  readonly consortium: Consortium;
  readonly banks: readonly string[];
  readonly processes: readonly BankProcess[];
  readonly proxies: readonly BankProxy[];
  readonly postgres: DatabaseHandle;
  /** As superuser: what the laws read. */
  readonly books: readonly BooksAddress[];
  readonly tokenOf: Consortium["tokenOf"];
  processesOf(bank: string): readonly BankProcess[];
  /** The first process of a bank. */
  process(bank: string): BankProcess;
  proxyOf(bank: string): BankProxy;
  booksOf(bank: string): string;
  stop(): Promise<void>;
}

const FEW_CONNECTIONS = { max_connections: "400", shared_buffers: "128MB" };

/** Starts PostgreSQL, a proxy before each bank, and every process of every bank. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const path = options.manifest ?? join(repositoryFolder(), "consortium/brasil.json");
  const banks = (await readTemplate(path)).members.map(({ id }) => id);
  const random = options.random ?? createRandom(1);
  const processes: BankProcess[] = [];
  const proxies: BankProxy[] = [];
  const endings: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    while (endings.length > 0) await endings.pop()?.();
  };
  try {
    for (const bank of banks) {
      const targets = () =>
        processes
          .filter((process) => process.bank === bank && process.state !== "down")
          .map(({ port }) => port);
      const proxy = await startProxy({ bank, random: random.fork(`proxy ${bank}`), targets });
      proxies.push(proxy);
      endings.push(() => proxy.close());
    }
    const consortium = await startConsortium({
      manifest: path,
      dataDir: options.dataDir,
      banks: [],
      hasStaff: false,
      addresses: Object.fromEntries(proxies.map(({ bank, url }) => [bank, url])),
      postgres: { settings: { ...FEW_CONNECTIONS, ...options.settings } },
      ...(options.bundle === undefined ? {} : { nodeBundle: options.bundle }),
      ...(options.report ? { report: options.report } : {}),
    });
    endings.push(() => consortium.stop());
    for (const bank of banks) processes.push(...(await processesFor(options, consortium, bank)));
    endings.push(() => Promise.all(processes.map((process) => process.stop())));
    await Promise.all(processes.map((process) => process.start()));
    return worldOf({ consortium, banks, processes, proxies, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function processesFor(
  options: WorldOptions,
  consortium: Consortium,
  bank: string,
): Promise<BankProcess[]> {
  const database = await readDatabaseUrls(consortium.files.folder, bank);
  if (database === undefined) throw new Error(`No database for ${bank}.`);
  const processes: BankProcess[] = [];
  for (let replica = 0; replica < (options.replicas?.[bank] ?? 1); replica += 1) {
    const port = await findFreePort();
    const { environment, onEnd } = options;
    const bundle = options.bundleOf?.(bank) ?? options.bundle;
    processes.push(
      new BankProcess({
        bank,
        replica,
        port,
        consortium,
        database,
        bundle,
        environment,
        ...(onEnd ? { onEnd } : {}),
      }),
    );
  }
  return processes;
}

function worldOf(
  parts: Pick<World, "consortium" | "banks" | "processes" | "proxies" | "stop">,
): World {
  const { consortium, banks, processes, proxies } = parts;
  const postgres = consortium.database;
  if (postgres === undefined) throw new Error("The consortium has no server of its own.");
  const booksOf = (bank: string) => urlFor(postgres.url, `pacto_${bank}`);
  return {
    ...parts,
    postgres,
    books: banks.map((bank) => ({ bank, url: booksOf(bank) })),
    tokenOf: consortium.tokenOf,
    booksOf,
    processesOf: (bank) => processes.filter((process) => process.bank === bank),
    process: (bank) =>
      only(
        processes.find((process) => process.bank === bank),
        bank,
      ),
    proxyOf: (bank) =>
      only(
        proxies.find((proxy) => proxy.bank === bank),
        bank,
      ),
  };
}

function only<Item>(item: Item | undefined, bank: string): Item {
  if (item === undefined) throw new Error(`There is no bank ${bank}.`);
  return item;
}
