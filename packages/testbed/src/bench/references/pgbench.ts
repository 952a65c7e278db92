import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** pgbench is not installed, so there is nothing to compare with. */
export class PgbenchMissing extends Error {
  override readonly name = "PgbenchMissing";
}

/** The machine does so much else that a rate would mean nothing. */
export class TooBusy extends Error {
  override readonly name = "TooBusy";
}

/** The version line of the installed pgbench. @throws PgbenchMissing */
export async function findPgbench(): Promise<string> {
  try {
    return (await run("pgbench", ["--version"])).stdout.trim();
  } catch (cause) {
    throw new PgbenchMissing("pgbench is not in PATH", { cause });
  }
}

export interface PgbenchRound {
  /** With a password: it goes through the environment, so that it is in no argument list. */
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  /** Path of a script; the built-in TPC-B-like one unless given. */
  readonly file?: string;
}

/** Transactions per second of one round, connecting not counted. @throws TooBusy */
export async function pgbenchRate({ url, clients, seconds, file }: PgbenchRound): Promise<number> {
  const what = file === undefined ? ["--builtin", "tpcb-like"] : ["--file", file];
  const load = ["--client", String(clients), "--jobs", "2", "--time", String(seconds)];
  const { stdout } = await run(
    "pgbench",
    ["--no-vacuum", "--protocol", "prepared", ...what, ...load],
    { env: environmentOf(url) },
  );
  const rate = /^tps = ([0-9.]+)/m.exec(stdout)?.[1];
  // With not one transaction done in time pgbench prints no rate.
  if (rate === undefined) throw new TooBusy(`pgbench did nothing in ${seconds} s`);
  return Number(rate);
}

/** Makes pgbench's own tables; `scale` branches, so that clients seldom wait for one another. */
export async function initTpcb(url: string, scale: number): Promise<void> {
  const parameters = ["--initialize", "--quiet", "--scale", String(scale)];
  await run("pgbench", parameters, { env: environmentOf(url) });
}

function environmentOf(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    PATH: process.env["PATH"],
    PGHOST: hostname,
    PGPORT: port === "" ? "5432" : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
}
