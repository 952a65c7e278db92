import { PIX_GUI } from "./br-code.ts";
import type { Findings } from "./findings.ts";
import type { TlvField } from "./tlv.ts";

/** The merchant account templates (26 to 51) that belong to PIX. */
export function pixAccounts(findings: Findings): readonly TlvField[] {
  return ofPix(findings, /^(2[6-9]|[34][0-9]|5[01])$/);
}

/** The unreserved templates (80 to 99) that belong to PIX. */
export function pixRecurrences(findings: Findings): readonly TlvField[] {
  return ofPix(findings, /^[89][0-9]$/);
}

function ofPix(findings: Findings, ids: RegExp): readonly TlvField[] {
  return findings.fields.filter(
    ({ path }) => ids.test(path) && findings.value(`${path}.00`)?.toLowerCase() === PIX_GUI,
  );
}
