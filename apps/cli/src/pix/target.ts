import type { PixTarget } from "@pacto/contract";
import { readAccountReference } from "../arguments/references.ts";
import type { Session } from "../session.ts";

/** A key, or `BANK/ACCOUNT` where the text reads as one. */
export function readTarget(session: Session, text: string): PixTarget {
  if (!/^[a-z][a-z0-9-]*\/[0-9]/u.test(text)) return { key: text };
  return readAccountReference(text, session.language);
}
