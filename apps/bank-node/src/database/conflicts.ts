import { LostTransaction } from "./lost-transaction.ts";

/** Serialization failure, deadlock, lock not granted in time: rolled back, worth another try. */
const CONFLICTS = new Set(["40001", "40P01", "55P03"]);

/** The session or the server went away; classes 08 and 57P, and the bounds on idling. */
const LOST_SESSION = new Set(["57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04"]);

const LOST_SOCKET = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** Texts of the driver's own errors, which carry no code. */
const LOST_MESSAGE =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Prisma: server closed the connection; cannot reach it; transaction expired or closed. */
const LOST_PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
const LOST_ADAPTER_KIND = new Set([
  "ConnectionClosed",
  "SocketTimeout",
  "DatabaseNotReachable",
  "TransactionAlreadyClosed",
]);

/**
 * The database refused the whole transaction because of others at the same time (P4): nothing was
 * written, and the same work, decided anew, may pass. Also true when the connection was lost
 * before COMMIT was sent. Never true when the outcome is unknown.
 */
export function isRetryable(error: unknown): boolean {
  if (error instanceof LostTransaction) return error.phase !== "commit";
  const facts = factsOf(error);
  if (facts.sqlState !== undefined) return CONFLICTS.has(facts.sqlState);
  // The same conflict, when an adapter has swallowed the original code (P6).
  return facts.prismaCode === "P2034" || facts.adapterKind === "TransactionWriteConflict";
}

/** A statement that took too long for the server: its disk is slow (fault D4). */
const QUERY_CANCELED = "57014";
/** Disk full, out of memory, too many connections (faults D5, D6). */
const OUT_OF_RESOURCES = "53";

/** The server gave the statement up for want of time or room; it was not done. */
export function isShortOfResources(error: unknown): boolean {
  const sqlState = sqlStateOf(error);
  return sqlState === QUERY_CANCELED || sqlState?.startsWith(OUT_OF_RESOURCES) === true;
}

/**
 * It cannot be told whether the transaction was committed (P7): read the outcome by its key,
 * never assume a rollback. Says yes whenever a connection broke outside of `withTransaction`,
 * which alone knows whether COMMIT had been sent.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof LostTransaction) return error.phase === "commit";
  return isLostConnection(error);
}

/** The connection to the database broke, or the server ended the session. */
export function isLostConnection(error: unknown): boolean {
  const facts = factsOf(error);
  if (facts.sqlState !== undefined) {
    return LOST_SESSION.has(facts.sqlState) || facts.sqlState.startsWith("08");
  }
  return (
    (facts.socketCode !== undefined && LOST_SOCKET.has(facts.socketCode)) ||
    (facts.prismaCode !== undefined && LOST_PRISMA.has(facts.prismaCode)) ||
    (facts.adapterKind !== undefined && LOST_ADAPTER_KIND.has(facts.adapterKind)) ||
    LOST_MESSAGE.test(facts.message)
  );
}

/** The original SQLSTATE, in whatever shape the error arrives; undefined where there is none. */
export function sqlStateOf(error: unknown): string | undefined {
  return factsOf(error).sqlState;
}

interface Facts {
  readonly sqlState?: string | undefined;
  readonly socketCode?: string | undefined;
  readonly prismaCode?: string | undefined;
  readonly adapterKind?: string | undefined;
  readonly message: string;
}

const DEPTH_MAX = 6;

/**
 * Three shapes of one error: `pg` gives `code`; Prisma's adapter gives `cause.originalCode`;
 * Prisma gives P-codes whose meta holds the adapter's error or only the SQLSTATE (P2010).
 */
function factsOf(error: unknown, depth = 0): Facts {
  if (!isRecord(error) || depth > DEPTH_MAX) return { message: "" };
  const code = text(error["code"]);
  const meta = isRecord(error["meta"]) ? error["meta"] : {};
  const inner = [error["cause"], meta["driverAdapterError"]]
    .filter(isRecord)
    .map((value) => factsOf(value, depth + 1));
  const first = <Key extends keyof Facts>(key: Key) =>
    inner.find((facts) => facts[key] !== undefined)?.[key];
  return {
    sqlState:
      sqlState(error["originalCode"]) ?? sqlState(code) ?? first("sqlState") ?? rawCode(code, meta),
    socketCode: code !== undefined && /^E[A-Z_]+$/.test(code) ? code : first("socketCode"),
    prismaCode: code !== undefined && /^P\d{4}$/.test(code) ? code : first("prismaCode"),
    adapterKind: text(error["kind"]) ?? first("adapterKind"),
    message: text(error["message"]) ?? "",
  };
}

function rawCode(code: string | undefined, meta: Record<string, unknown>): string | undefined {
  return code === "P2010" ? sqlState(meta["code"]) : undefined;
}

/** Five characters of digits and capitals; Prisma's own `P2034` has the same form. */
function sqlState(value: unknown): string | undefined {
  const code = text(value);
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
  return /^P[1-9]\d{3}$/.test(code) || /^E[A-Z]{4}$/.test(code) ? undefined : code;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
