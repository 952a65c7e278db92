import { totpCode, TOTP_STEP_SECONDS } from "@pacto/contract/signing";
import { readBank } from "../arguments/references.ts";
import { memberOf } from "../consortium/consortium.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { localPerson } from "./local-staff.ts";

/**
 * What an invented member of staff types on the dashboard's sign-in page. It reads the local
 * consortium's own files; a real bank's staff has an authenticator.
 */
export async function showSignIn(
  session: Session,
  bankText: string,
  { as: person = "teller" }: { readonly as?: string },
): Promise<Told> {
  const { language } = session;
  const { texts } = language;
  const bank = readBank(bankText, language);
  const consortium = session.consortium();
  const { dataDir } = consortium;
  const { name } = memberOf(consortium, bank);
  const { email, password, totpSecret = "" } = localPerson(dataDir, { bank, person, language });
  const nowMs = Date.now();
  const code = totpCode(totpSecret, nowMs);
  const seconds = TOTP_STEP_SECONDS - (Math.floor(nowMs / 1_000) % TOTP_STEP_SECONDS);
  return {
    json: { bank, email, password, code, validForSeconds: seconds },
    lines: [
      `${texts.signIn.bank}: ${name}`,
      `${texts.signIn.email}: ${email}`,
      `${texts.signIn.password}: ${password}`,
      `${texts.signIn.code}: ${code} (${texts.signIn.validFor(seconds)})`,
    ],
  };
}
