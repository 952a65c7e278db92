/**
 * The browser's session: which bank vouches for the person, and the secret that the bank gave.
 * `__Host-` and Secure: browsers take it over HTTPS, and over HTTP from this machine alone.
 */
const SESSION = "__Host-pacto-session";
/** Between password and code: what the code answers. */
const CHALLENGE = "__Host-pacto-challenge";

const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict";
const VALUE = /^([a-z][a-z0-9-]{1,30})\.([A-Za-z0-9_.%+/=-]{20,400})$/;

export interface BankSecret {
  readonly bank: string;
  readonly secret: string;
}

export function readSessionCookie(request: Request): BankSecret | null {
  return read(request, SESSION);
}

export function readChallengeCookie(request: Request): BankSecret | null {
  return read(request, CHALLENGE);
}

function read(request: Request, name: string): BankSecret | null {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() !== name) continue;
    const [, bank, secret] = VALUE.exec(pair.slice(at + 1).trim()) ?? [];
    return bank === undefined || secret === undefined ? null : { bank, secret };
  }
  return null;
}

/** The answer's cookies: one of the two is set, the other one goes, or both go. */
export function cookiesFor(state: {
  readonly session?: BankSecret;
  readonly challenge?: BankSecret;
}): readonly string[] {
  return [line(SESSION, state.session), line(CHALLENGE, state.challenge)];
}

function line(name: string, value: BankSecret | undefined): string {
  return value === undefined
    ? `${name}=; ${ATTRIBUTES}; Max-Age=0`
    : `${name}=${value.bank}.${value.secret}; ${ATTRIBUTES}`;
}
