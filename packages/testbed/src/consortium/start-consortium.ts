import { existsSync } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { FirstStaff, Manifest } from "@pacto/contract";
import { serveControl } from "../control/serve.ts";
import { Lab } from "../lab/lab.ts";
import { issueLocalCertificates } from "../keys/bank-certificates.ts";
import { diedAsPlanned } from "../lab/plans.ts";
import { type BankDatabase, ensureBankDatabase } from "../postgres/bank-database.ts";
import { findFreePort, isPortFree } from "../processes/ports.ts";
import { endLeftover } from "../processes/supervised.ts";
import { repositoryFolder } from "../repository.ts";
import { createBackups } from "./backups.ts";
import { buildNodeIfStale } from "./build-node.ts";
import { bankProgram, dashboardProgram, type Failpoints } from "./bank-program.ts";
import { type DatabaseHandle, startOwnDatabase, useForeignDatabase } from "./database.ts";
import { saveDatabaseUrls } from "./database-urls.ts";
import { type ConsortiumFiles, consortiumFiles } from "./layout.ts";
import { claimFolder } from "./owner.ts";
import {
  type ConsortiumEvent,
  type HandleOptions,
  type ProgramHandle,
  RestartingProgram,
} from "./program-handle.ts";
import { readTemplate, resolveManifest } from "./resolve-manifest.ts";
import { prepareStaff, type StaffOptions } from "./staff.ts";
import { staffTokens, type TokenSource } from "./staff-tokens.ts";

export interface ConsortiumOptions extends StaffOptions {
  /** Path of a template such as `consortium/brasil.json`. */
  readonly manifest: string;
  /** Made when missing; a second start finds keys and books again. */
  readonly dataDir: string;
  /** A server to use as superuser instead of the embedded one, or the embedded one's settings. */
  readonly postgres?: { readonly url: string } | { readonly settings: Record<string, string> };
  /** Databases that exist already, by bank; then no server is started at all. */
  readonly databases?: Readonly<Record<string, BankDatabase>>;
  /** Ids of the banks to start; all unless given. The others can be started later. */
  readonly banks?: readonly string[];
  /** First port: the dashboard's; the banks follow in the manifest's order. Free ones unless given. */
  readonly port?: number;
  readonly dashboard?: boolean;
  /** By bank: where the other banks find it, if not at its own port (proxies, balancers). */
  readonly addresses?: Readonly<Record<string, string>>;
  /** By bank, for its first life; such a bank runs the bundle that has failpoints. */
  readonly failpoints?: Readonly<Record<string, Failpoints>>;
  /** Path of a program to run as each bank's node instead of the built one. */
  readonly nodeBundle?: string;
  /** For every bank's node, over what it is given anyway. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether banks speak over mutual TLS, with certificates of an authority made for them. */
  readonly mutualTls?: boolean;
  /** Whether banks, databases and links can be broken through the control interface. */
  readonly lab?: boolean;
  /** Whether what dies by itself is started again; tests want to see it dead. */
  readonly restartsAfterCrash?: boolean;
  readonly report?: (event: ConsortiumEvent) => void;
  /** Gives up while starting; what was started is ended. */
  readonly signal?: AbortSignal;
}

/** A consortium that runs on this machine. */
export interface Consortium {
  readonly manifest: Manifest;
  readonly files: ConsortiumFiles;
  readonly banks: readonly ProgramHandle[];
  readonly dashboard: ProgramHandle | undefined;
  /** Undefined when the databases were given. */
  readonly database: DatabaseHandle | undefined;
  /** Invented members of staff whom this start has made, by bank. Secrets. */
  readonly newStaff: ReadonlyMap<string, FirstStaff>;
  /** Of a member of that bank's staff with every role; a secret. Ask for each request: it expires. */
  readonly tokenOf: (bank: string) => TokenSource;
  /** Bearer token of the control interface. A secret. */
  readonly controlToken: string;
  /** @throws Error that names the banks there are */
  readonly bank: (id: string) => ProgramHandle;
  /** Ends all of it in order: dashboard, banks, database. */
  readonly stop: () => Promise<void>;
}

/** A port that is needed is taken; the message says by whom it is needed and what to do. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
}

/**
 * Starts a whole consortium: PostgreSQL, a process for each bank, the dashboard if wished, and the
 * control interface. Returns when all of them answer; what was started is ended when one does not.
 * @throws ManifestError, AlreadyRunning, PortTaken, or Error with the end of the log that tells why
 */
export async function startConsortium(options: ConsortiumOptions): Promise<Consortium> {
  if (options.nodeBundle === undefined) await buildNodeIfStale();
  const template = await readTemplate(resolve(options.manifest));
  const started = chooseBanks(template, options.banks);
  const files = consortiumFiles(resolve(options.dataDir));
  await mkdir(files.folder, { recursive: true });
  // Others may pass, for the database server's user; each secret inside is closed by itself.
  await chmod(files.folder, 0o711);
  const endings: Array<() => Promise<void> | void> = [await claimFolder(files.claims)];
  const end = async () => {
    while (endings.length > 0) await endings.pop()?.();
  };
  try {
    return await assemble(options, { template, started, files, endings, end });
  } catch (error) {
    await end();
    throw error;
  }
}

interface Assembly {
  readonly template: Manifest;
  readonly started: ReadonlySet<string>;
  readonly files: ConsortiumFiles;
  /** What must be undone at the end, last first. */
  readonly endings: Array<() => Promise<void> | void>;
  readonly end: () => Promise<void>;
}

async function assemble(options: ConsortiumOptions, assembly: Assembly): Promise<Consortium> {
  const { template, started, files, endings } = assembly;
  await endLeftovers(template, files, options.report);
  for (const { id } of template.members)
    await mkdir(files.bank(id).folder, { mode: 0o700, recursive: true });
  const ports = await choosePorts(template, options.port);
  const newStaff = await prepareStaff(template, files, options);
  const addressOf = (bank: string) => options.addresses?.[bank] ?? ports.urlOf(bank);
  const certificates =
    options.mutualTls === true
      ? await issueLocalCertificates(
          template.members.map(({ id }) => id),
          template.consortium.id,
          files,
        )
      : undefined;
  const manifest = await resolveManifest(template, files, addressOf, certificates);

  const { database, databaseOf } = await openDatabases(options, assembly);
  const banks: RestartingProgram[] = [];
  for (const { id, name } of manifest.members) {
    const bankDatabase = await databaseOf(id);
    await saveDatabaseUrls(files.bank(id).databaseUrls, bankDatabase);
    const program = (failpoints?: Failpoints) =>
      bankProgram({
        id,
        name,
        port: ports.of(id),
        files,
        database: bankDatabase,
        failpoints,
        isInLab: options.lab,
        bundle: options.nodeBundle,
        peerPort: certificates?.ports.get(id),
        environment: options.environment,
      });
    // The node has taken note: from here on it recovers by itself, whatever happens to it.
    const onReady = () => rm(files.bank(id).restored, { force: true });
    const staysDown = () => diedAsPlanned(files.bank(id).lab);
    banks.push(restarting(options, { id, port: ports.of(id), program, onReady, staysDown }));
  }
  endings.push(async () => void (await Promise.all(banks.map((bank) => bank.stop()))));

  const dashboard = options.dashboard
    ? restarting(options, {
        id: "dashboard",
        port: ports.dashboard,
        program: () => dashboardProgram(ports.dashboard, files, options.lab === true),
      })
    : undefined;
  if (dashboard) endings.push(() => dashboard.stop());

  const planOf = (id: string) => files.bank(id).lab;
  const tokenOf = staffTokens(files);
  const lab = options.lab ? new Lab({ banks, database, planOf, tokenOf }) : undefined;
  if (lab) endings.push(() => lab.close());

  const wanted = banks.filter((bank) => started.has(bank.id));
  await startAll(dashboard ? [...wanted, dashboard] : wanted, options);

  const backups = database && createBackups({ superuserUrl: database.url, files });
  const control = await serveControl({ banks, dashboard, database, backups, lab }, files.control);
  endings.push(() => control.close());
  return {
    manifest,
    files,
    banks,
    dashboard,
    database,
    newStaff,
    tokenOf,
    controlToken: control.token,
    bank: (id) => findBank(banks, id),
    stop: assembly.end,
  };
}

function restarting(
  options: ConsortiumOptions,
  part: Pick<HandleOptions, "id" | "port" | "program" | "onReady" | "staysDown">,
): RestartingProgram {
  return new RestartingProgram({
    ...part,
    url: urlOf(part.port),
    restartsAfterCrash: options.restartsAfterCrash ?? false,
    report: options.report ?? (() => {}),
  });
}

/** Ends the processes that an earlier, crashed run left, whether they are wanted now or not. */
async function endLeftovers(
  template: Manifest,
  files: ConsortiumFiles,
  report: ConsortiumOptions["report"],
): Promise<void> {
  const parts = [
    ...template.members.map(({ id, name }) => ({ name, folder: files.bank(id).folder })),
    { name: "The dashboard", folder: files.dashboard },
  ];
  await Promise.all(
    parts.map(async ({ name, folder }) => {
      if (await endLeftover(folder)) report?.({ kind: "leftover-ended", name });
    }),
  );
}

/** All at once, and all awaited even when one fails: what starts must be there to be stopped. */
async function startAll(
  programs: readonly ProgramHandle[],
  { signal, failpoints }: ConsortiumOptions,
): Promise<void> {
  await refuseTakenPorts(programs);
  signal?.throwIfAborted();
  const starts = Promise.allSettled(
    programs.map((program) => program.start({ failpoints: failpoints?.[program.id] })),
  );
  const outcomes = await Promise.race([starts, rejectWhenAborted(signal)]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

function rejectWhenAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function chooseBanks(template: Manifest, wished: readonly string[] | undefined): Set<string> {
  const ids = template.members.map((member) => member.id);
  const unknown = (wished ?? []).filter((id) => !ids.includes(id));
  if (unknown.length > 0) {
    throw new Error(`There is no bank ${unknown.join(", ")}. The banks are ${ids.join(", ")}.`);
  }
  return new Set(wished ?? ids);
}

interface Ports {
  readonly dashboard: number;
  readonly of: (bank: string) => number;
  readonly urlOf: (bank: string) => string;
}

async function choosePorts(template: Manifest, first: number | undefined): Promise<Ports> {
  const banks = new Map<string, number>();
  for (const [index, member] of template.members.entries()) {
    banks.set(member.id, first === undefined ? await findFreePort() : first + 1 + index);
  }
  const of = (bank: string) => banks.get(bank) ?? 0;
  return { dashboard: first ?? (await findFreePort()), of, urlOf: (bank) => urlOf(of(bank)) };
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function openDatabases(options: ConsortiumOptions, { files, endings }: Assembly) {
  const given = options.databases;
  if (given !== undefined) {
    const databaseOf = (id: string) => {
      const found = given[id];
      return found ? Promise.resolve(found) : Promise.reject(new Error(`No database for ${id}.`));
    };
    return { database: undefined, databaseOf };
  }
  const { postgres } = options;
  const database =
    postgres !== undefined && "url" in postgres
      ? useForeignDatabase(postgres.url)
      : await startOwnDatabase({
          home: files.postgres,
          settings: postgres?.settings,
          restartsAfterCrash: options.restartsAfterCrash ?? false,
          report: options.report ?? (() => {}),
        });
  endings.push(() => database.stop());
  const databaseOf = (bank: string) =>
    ensureBankDatabase({
      superuserUrl: database.url,
      bank,
      passwordFile: files.bank(bank).databasePasswords,
    });
  return { database, databaseOf };
}

/** Whether the dashboard has been built; without it a consortium has banks only. */
export function isDashboardBuilt(): boolean {
  return existsSync(join(repositoryFolder(), "apps/dashboard/.next/BUILD_ID"));
}

async function refuseTakenPorts(programs: readonly ProgramHandle[]): Promise<void> {
  const taken: string[] = [];
  for (const { name, port } of programs) {
    if (!(await isPortFree(port))) taken.push(`${port} (${name})`);
  }
  if (taken.length === 0) return;
  throw new PortTaken(
    `Taken by another program on 127.0.0.1: port ${taken.join(", ")}. Stop that program, or ` +
      'choose other ports with PACTO_PORT, for instance "PACTO_PORT=4000 npm start".',
  );
}

function findBank(banks: readonly ProgramHandle[], id: string): ProgramHandle {
  const found = banks.find((bank) => bank.id === id);
  if (found) return found;
  const ids = banks.map((bank) => bank.id).join(", ");
  throw new Error(`There is no bank ${id}. The banks are ${ids}.`);
}
