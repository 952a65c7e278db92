import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PASSWORD_MIN } from "@pacto/contract";
import type { ConsortiumOptions } from "./consortium/start-consortium.ts";

/** A command line or an environment that cannot be followed; the message says what would do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface StartSettings {
  readonly consortium: Pick<
    ConsortiumOptions,
    "manifest" | "dataDir" | "port" | "postgres" | "banks" | "demoPassword"
  >;
  readonly wantsDashboard: boolean;
  /** Invented clients, accounts and transfers in every bank. */
  readonly wantsDemo: boolean;
}

const DEFAULT_PORT = 3000;
/** The dashboard's port and one for each of up to 64 banks must exist. */
const PORT_MAX = 65_535 - 64;

const usage = `Usage: npm start -- [--only BANK,BANK] [--demo] [--no-dashboard]
Environment: PACTO_DATA_DIR (.pacto), PACTO_CONSORTIUM (consortium/brasil.json),
PACTO_PORT (3000: the dashboard; banks at +1…), PACTO_DATABASE_URL (instead of the embedded one),
PACTO_DEMO_PASSWORD (of all invented staff, for tests; random ones unless given)`;

/**
 * What `npm start` is asked to do. Paths are relative to the working folder, defaults to `root`.
 * @throws UsageError
 */
export function readStartSettings(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): StartSettings {
  const { only, demo, "no-dashboard": withoutDashboard } = parseArguments(argv);
  const databaseUrl = read(environment, "PACTO_DATABASE_URL");
  const demoPassword = read(environment, "PACTO_DEMO_PASSWORD");
  const banks = only?.split(",").map((id) => id.trim());
  const pathOf = (name: string, fallback: string) => {
    const given = read(environment, name);
    return given === undefined ? join(root, fallback) : resolve(given);
  };
  return {
    consortium: {
      manifest: pathOf("PACTO_CONSORTIUM", "consortium/brasil.json"),
      dataDir: pathOf("PACTO_DATA_DIR", ".pacto"),
      port: parsePort(read(environment, "PACTO_PORT")),
      ...(databaseUrl === undefined ? {} : { postgres: { url: parseUrl(databaseUrl) } }),
      ...(banks === undefined ? {} : { banks }),
      ...(demoPassword === undefined ? {} : { demoPassword: checkPassword(demoPassword) }),
    },
    wantsDashboard: withoutDashboard !== true,
    wantsDemo: demo === true,
  };
}

function parseArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: "string" },
        demo: { type: "boolean" },
        "no-dashboard": { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${detail}\n${usage}`, { cause });
  }
}

/** An empty variable counts as none, as everywhere. */
function read(environment: Readonly<Record<string, string | undefined>>, name: string) {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : value;
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= PORT_MAX) return port;
  throw new UsageError(`PACTO_PORT is "${text}"; it must be a port from 1 to ${PORT_MAX}.`);
}

function checkPassword(text: string): string {
  if (text.length >= PASSWORD_MIN) return text;
  throw new UsageError(`PACTO_DEMO_PASSWORD must have ${PASSWORD_MIN} characters at least.`);
}

function parseUrl(text: string): string {
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  // The value may hold a password: it is not repeated.
  throw new UsageError(
    "PACTO_DATABASE_URL must be like postgresql://user:password@host:5432/postgres.",
  );
}
