import { bankId } from "@pacto/contract";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

export interface NodeEnv {
  readonly PACTO_BANK: string;
  readonly PACTO_MANIFEST: string;
  readonly PACTO_PRIVATE_KEY_FILE: string;
  readonly DATABASE_URL: string;
  readonly PACTO_MIGRATION_DATABASE_URL?: string | undefined;
  /** `transaction`: DATABASE_URL leads to a pooler that gives each transaction another session. */
  readonly PACTO_DATABASE_POOLER: "none" | "transaction";
  readonly PACTO_HOST: string;
  readonly PACTO_PORT: number;
  readonly PACTO_SIGN_IN_SECRET_FILE: string;
  readonly PACTO_FIRST_STAFF_FILE?: string | undefined;
  readonly PACTO_TRUSTED_PROXIES: string;
  /** Names the restore from which this database was put back; each has a name of its own. */
  readonly PACTO_RESTORED?: string | undefined;
  /** Where a manifest has authorities: this bank's certificate, its key (0600) and its port. */
  readonly PACTO_TLS_CERTIFICATE_FILE?: string | undefined;
  readonly PACTO_TLS_KEY_FILE?: string | undefined;
  readonly PACTO_PEER_PORT?: number | undefined;
  /** Calls a second of one person, as a mean; 0 where a proxy in front bounds them. */
  readonly PACTO_CALLS_PER_SECOND: number;
  /** Where webhooks may go: https origins, or http ones on this machine, separated by commas. */
  readonly PACTO_WEBHOOK_TARGETS?: string | undefined;
  readonly PACTO_AUDIT_EVERY_MS?: number | undefined;
  readonly PACTO_LOG_LEVEL: "trace" | "debug" | "info" | "warn" | "error" | "silent";
}

/** The environment lacks something or has it wrong; the message lists all of it. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "expected postgres://…" });

/**
 * All that a node takes from its environment. Values are never shown in messages: some are secret.
 * @throws EnvironmentError naming every variable that is missing or malformed
 */
export function readEnv(runtimeEnv: Record<string, string | undefined>): NodeEnv {
  return createEnv({
    server: {
      /** This bank's id in the manifest. */
      PACTO_BANK: bankId,
      /** Path of the consortium's manifest, with addresses and keys. */
      PACTO_MANIFEST: z.string().min(1),
      /** Path of this bank's Ed25519 key: PEM (PKCS #8), mode 0600. */
      PACTO_PRIVATE_KEY_FILE: z.string().min(1),
      /** As the service role, which cannot change the schema. */
      DATABASE_URL: postgresUrl,
      /** As the role that owns the schema; without it, DATABASE_URL's role is the owner. */
      PACTO_MIGRATION_DATABASE_URL: postgresUrl.optional(),
      /** PgBouncer in transaction mode before the database, set up as deploy/pgbouncer has it. */
      PACTO_DATABASE_POOLER: z.enum(["none", "transaction"]).default("none"),
      PACTO_HOST: z.string().min(1).default("127.0.0.1"),
      PACTO_PORT: z.coerce.number().int().min(0).max(65_535),
      /** Path of 32 random characters or more, mode 0600: encrypts the staff's second factors. */
      PACTO_SIGN_IN_SECRET_FILE: z.string().min(1),
      /** Path of those who are staff from the beginning (JSON, mode 0600). */
      PACTO_FIRST_STAFF_FILE: z.string().min(1).optional(),
      /** Whose `X-Forwarded-For` is believed: addresses, networks, `loopback`, `uniquelocal`. */
      PACTO_TRUSTED_PROXIES: z.string().min(1).default("loopback"),
      /** Set for the first start after the database was put back from a backup (R48). */
      PACTO_RESTORED: z
        .string()
        .regex(/^[A-Za-z0-9_.:-]{1,100}$/)
        .optional(),
      /** This bank's certificate for banks, PEM, where the manifest has authorities. */
      PACTO_TLS_CERTIFICATE_FILE: z.string().min(1).optional(),
      /** The certificate's private key: PEM, mode 0600. */
      PACTO_TLS_KEY_FILE: z.string().min(1).optional(),
      /** Where other banks are heard over mutual TLS. */
      PACTO_PEER_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
      /** What one person may ask for; bursts of five seconds are free. 0 = unbounded. */
      PACTO_CALLS_PER_SECOND: z.coerce.number().int().min(0).max(1_000_000).default(200),
      PACTO_WEBHOOK_TARGETS: z.string().min(1).optional(),
      /** How often the audit is sealed and other banks' chains are looked at. */
      PACTO_AUDIT_EVERY_MS: z.coerce.number().int().min(50).max(60_000).optional(),
      PACTO_LOG_LEVEL: z
        .enum(["trace", "debug", "info", "warn", "error", "silent"])
        .default("info"),
    },
    runtimeEnv,
    emptyStringAsUndefined: true,
    onValidationError(issues) {
      const lines = issues.map((issue) => `  - ${describePath(issue.path)}: ${issue.message}`);
      throw new EnvironmentError(
        `The environment of this node is incomplete:\n${lines.join("\n")}`,
      );
    },
  });
}

type IssuePath = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

function describePath(path: IssuePath): string {
  return (path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join(".");
}
