import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BankDatabase } from "../postgres/bank-database.ts";
import type { Program } from "../processes/supervised.ts";
import { repositoryFolder } from "../repository.ts";
import type { ConsortiumFiles } from "./layout.ts";

/** A node may replay its recovery and apply migrations before it is ready. */
const READY_WITHIN_MS = 60_000;
/** Requests in flight get this long to finish after SIGTERM. */
const STOP_WITHIN_MS = 15_000;

/** Room for what a batch leaves behind, or the collector takes a sixth of a busy node's time. */
const NODE_FLAGS = ["--max-semi-space-size=32"];

/** What tests plant in a node that is built for it: `{"participant:voted-yes":{"action":"kill","hit":1}}`. */
export type Failpoints = Readonly<
  Record<
    string,
    { readonly action: string; readonly hit?: number; readonly [more: string]: unknown }
  >
>;

export interface BankProgramOptions {
  readonly id: string;
  readonly name: string;
  readonly port: number;
  readonly files: ConsortiumFiles;
  readonly database: BankDatabase;
  readonly failpoints?: Failpoints | undefined;
  /** The bundle that heeds the Lab's plan and failpoints. */
  readonly isInLab?: boolean | undefined;
  /** Path of another program than the node's bundle. */
  readonly bundle?: string | undefined;
  /** Of its log and record; the bank's own unless it is one of several processes of the bank. */
  readonly folder?: string | undefined;
  /** Where it hears other banks, when they speak over mutual TLS. */
  readonly peerPort?: number | undefined;
  /** Over what the node is given anyway, such as PACTO_LOG_LEVEL. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** The node of one bank as a program with an environment and nothing else. */
export function bankProgram(options: BankProgramOptions): Program {
  const { id, port, files, database, failpoints } = options;
  const { privateKey, restored, lab, signInSecret, staff } = files.bank(id);
  const folder = options.folder ?? files.bank(id).folder;
  const bundle = options.bundle ?? nodeBundle(failpoints !== undefined || options.isInLab === true);
  return {
    name: options.name,
    command: process.execPath,
    arguments: [...NODE_FLAGS, bundle],
    workingFolder: folder,
    folder,
    logName: "node.log",
    environment: {
      ...inherited(),
      NODE_ENV: "production",
      PACTO_BANK: id,
      PACTO_MANIFEST: files.manifest,
      PACTO_PRIVATE_KEY_FILE: privateKey,
      DATABASE_URL: database.serviceUrl,
      PACTO_MIGRATION_DATABASE_URL: database.migrationUrl,
      PACTO_HOST: "127.0.0.1",
      PACTO_PORT: String(port),
      PACTO_SIGN_IN_SECRET_FILE: signInSecret,
      ...(existsSync(staff) ? { PACTO_FIRST_STAFF_FILE: staff } : {}),
      // One person stands for all tellers of a test or a load: a bound per person would be one for all.
      PACTO_CALLS_PER_SECOND: process.env["PACTO_CALLS_PER_SECOND"] ?? "0",
      // A receiver on this machine, to try webhooks with.
      PACTO_WEBHOOK_TARGETS: "http://127.0.0.1:*",
      PACTO_LOG_LEVEL: process.env["PACTO_LOG_LEVEL"] ?? "info",
      ...(existsSync(restored) ? { PACTO_RESTORED: readFileSync(restored, "utf8").trim() } : {}),
      ...tlsEnvironment(options),
      ...(failpoints ? { PACTO_FAILPOINTS: JSON.stringify(failpoints) } : {}),
      ...(options.isInLab ? { PACTO_LAB_FILE: lab } : {}),
      ...options.environment,
    },
    isReady: () => answersOk(`http://127.0.0.1:${port}/readyz`),
    readyWithinMs: READY_WITHIN_MS,
    stopWithinMs: STOP_WITHIN_MS,
  };
}

function tlsEnvironment({ id, files, peerPort }: BankProgramOptions): Record<string, string> {
  if (peerPort === undefined) return {};
  const { tlsCertificate, tlsKey } = files.bank(id);
  return {
    PACTO_PEER_PORT: String(peerPort),
    PACTO_TLS_CERTIFICATE_FILE: tlsCertificate,
    PACTO_TLS_KEY_FILE: tlsKey,
  };
}

function nodeBundle(hasFailpoints: boolean): string {
  const name = hasFailpoints ? "main-with-failpoints.js" : "main.js";
  const path = join(repositoryFolder(), "apps/bank-node/dist", name);
  if (existsSync(path)) return path;
  throw new Error(`The bank node is not built (${path}); run "npx turbo run build".`);
}

/** The dashboard as `next start` runs it: a forwarder that knows the manifest, no database, no key. */
export function dashboardProgram(port: number, files: ConsortiumFiles, hasLab: boolean): Program {
  const workingFolder = join(repositoryFolder(), "apps/dashboard");
  return {
    name: "The dashboard",
    command: process.execPath,
    arguments: [
      join(repositoryFolder(), "node_modules/next/dist/bin/next"),
      "start",
      "--hostname",
      "127.0.0.1",
      "--port",
      String(port),
    ],
    workingFolder,
    folder: files.dashboard,
    logName: "dashboard.log",
    environment: {
      ...inherited(),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PACTO_MANIFEST: files.manifest,
      ...(hasLab ? { PACTO_CONTROL_FILE: files.control } : {}),
      PORT: String(port),
      HOSTNAME: "127.0.0.1",
    },
    isReady: () => answersOk(`http://127.0.0.1:${port}/`),
    readyWithinMs: READY_WITHIN_MS,
    stopWithinMs: 5_000,
  };
}

/** Of our own environment a node gets what the system needs; no database URL or token leaks in. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "SYSTEMROOT"];
  const found = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(
    found.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(5_000),
      redirect: "manual",
      headers: { connection: "close" },
    });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}
