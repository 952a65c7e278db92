import {
  loadSigningKey,
  type SigningKey,
  signStaffToken,
  STAFF_TOKEN_SECONDS_MAX,
} from "@pacto/contract/signing";
import { staffRoles } from "@pacto/contract";
import type { ConsortiumFiles } from "./layout.ts";

/** A token that is good for a while from now on. A secret. */
export type TokenSource = () => Promise<string>;

/**
 * Tokens for a member of a bank's staff with every role, by bank: a consortium on one machine has
 * all banks' keys and signs as the banks would. It renews them, so ask for each request.
 */
export function staffTokens(files: ConsortiumFiles): (bank: string) => TokenSource {
  const sources = new Map<string, TokenSource>();
  return (bank) => {
    const source = sources.get(bank) ?? tokenSource(files, bank);
    sources.set(bank, source);
    return source;
  };
}

function tokenSource(files: ConsortiumFiles, bank: string): TokenSource {
  let key: Promise<SigningKey> | undefined;
  let token: Promise<string> | undefined;
  let renewAt = 0;
  return () => {
    const nowMs = Date.now();
    if (token !== undefined && nowMs < renewAt) return token;
    renewAt = nowMs + (STAFF_TOKEN_SECONDS_MAX / 2) * 1_000;
    key ??= loadSigningKey(files.bank(bank).privateKey);
    token = key.then((signer) =>
      signStaffToken(
        { iss: bank, aud: bank, sub: "testbed", name: "Testbed", roles: [...staffRoles], sid: "-" },
        signer,
        { nowMs, seconds: STAFF_TOKEN_SECONDS_MAX },
      ),
    );
    return token;
  };
}
