import { prismaAdapter } from "better-auth/adapters/prisma";
import { betterAuth } from "better-auth/minimal";
import { bearer, twoFactor } from "better-auth/plugins";
import type { Prisma } from "../database/prisma.ts";

/** A session that nobody uses ends after this. */
export const IDLE_SECONDS = 10 * 60;
/** Failures that an account or a second factor bears before it rests. */
export const FAILURES_MAX = 5;
export const REST_SECONDS = 15 * 60;

/**
 * better-auth over the bank's own tables, called from our procedures and never mounted as a whole:
 * what it offers beyond them cannot be reached. Nobody signs up; its session cache, which let a
 * second factor be skipped once, is off; a device is never trusted to need no code.
 */
export function createAuth(prisma: Prisma, { bank, secret }: { bank: string; secret: string }) {
  return betterAuth({
    appName: `Pacto ${bank}`,
    baseURL: "http://localhost",
    secret,
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true, autoSignIn: false },
    user: { modelName: "staffMember" },
    account: { modelName: "staffCredential" },
    verification: { modelName: "staffChallenge" },
    session: {
      modelName: "staffSession",
      expiresIn: IDLE_SECONDS,
      // Only a person at work keeps a session alive, and we do that ourselves.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    advanced: { cookiePrefix: "pacto", useSecureCookies: false },
    // Ours counts by account and by address prefix in the database, for all processes of the bank.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      bearer(),
      twoFactor({
        issuer: `Pacto ${bank}`,
        schema: { twoFactor: { modelName: "staffSecondFactor" } },
        backupCodeOptions: { storeBackupCodes: "encrypted" },
        accountLockout: {
          enabled: true,
          maxFailedAttempts: FAILURES_MAX,
          durationSeconds: REST_SECONDS,
        },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
