import { isIspb } from "../ispb.ts";
import { pixKeyType } from "../key.ts";
import { isTxid } from "../txid.ts";
import { NO_TXID } from "./br-code.ts";
import type { Findings } from "./findings.ts";
import { pixAccounts, pixRecurrences } from "./pix-templates.ts";
import { readAmount } from "./read-amount.ts";
import type { TlvField } from "./tlv.ts";
import type { BrCodeRule } from "./violation.ts";

/** Longest additional information, in characters. A URL fills its template: 77 follow from that. */
const ADDITIONAL_INFO_LENGTH_MAX = 72;

/** Checks whom or what the code pays; `end` is where missing objects would go. */
export function checkPayment(findings: Findings, end: number): void {
  const [account, secondAccount] = pixAccounts(findings);
  const [recurrence, secondRecurrence] = pixRecurrences(findings);
  if (!account) findings.add({ rule: "pix-account-missing", path: "26", start: end, end });
  if (secondAccount) findings.add({ rule: "pix-account-twice", ...secondAccount });
  if (secondRecurrence) findings.add({ rule: "recurrence-twice", ...secondRecurrence });
  if (account) checkAccount(findings, account, { hasRecurrence: recurrence !== undefined });
  if (recurrence) {
    const url = findings.get(`${recurrence.path}.25`);
    if (url) checkUrl(findings, url);
    else findings.add({ rule: "recurrence-url-missing", ...recurrence });
  }
  const hasKey = account !== undefined && findings.get(`${account.path}.01`) !== undefined;
  const hasUrl = account !== undefined && findings.get(`${account.path}.25`) !== undefined;
  const hasWithdrawal = account !== undefined && findings.get(`${account.path}.03`) !== undefined;
  checkAmount(findings, { zeroAllowed: hasWithdrawal || hasUrl || !hasKey });
  checkTxid(findings, { end, isBesideUrl: hasUrl });
}

function checkAccount(
  findings: Findings,
  account: TlvField,
  { hasRecurrence }: { hasRecurrence: boolean },
): void {
  const key = findings.get(`${account.path}.01`);
  const url = findings.get(`${account.path}.25`);
  if (key && url) findings.add({ rule: "key-and-url", ...account });
  if (!key && !url && !hasRecurrence) findings.add({ rule: "neither-key-nor-url", ...account });
  demand(findings, key, "key", (value) => pixKeyType(value) !== null);
  demand(
    findings,
    findings.get(`${account.path}.02`),
    "additional-info",
    (value) => Array.from(value).length <= ADDITIONAL_INFO_LENGTH_MAX,
  );
  demand(findings, findings.get(`${account.path}.03`), "withdrawal-ispb", isIspb);
  if (url) checkUrl(findings, url);
}

function checkUrl(findings: Findings, url: TlvField): void {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url.value)) {
    const expected = url.value.replace(/^[^/]*\/\//, "");
    findings.add({ rule: "url-scheme", ...underlined(url), expected });
    return;
  }
  const isUrl = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?\/[\x21-\x7e]+$/i;
  demand(findings, url, "url", (value) => isUrl.test(value));
}

function checkAmount(findings: Findings, { zeroAllowed }: { zeroAllowed: boolean }): void {
  const field = findings.get("54");
  if (!field) return;
  const centavos = readAmount(field.value);
  if (centavos === null) findings.add({ rule: "amount", ...underlined(field) });
  if (centavos === 0n && !zeroAllowed) findings.add({ rule: "amount-zero", ...underlined(field) });
}

function checkTxid(
  findings: Findings,
  { end, isBesideUrl }: { end: number; isBesideUrl: boolean },
): void {
  const additional = findings.get("62");
  if (!additional) {
    findings.add({ rule: "additional-data-missing", path: "62", start: end, end });
    return;
  }
  const txid = findings.get("62.05");
  if (!txid) {
    const { start, end: additionalEnd } = additional;
    findings.add({ rule: "txid-missing", path: "62.05", start, end: additionalEnd });
  } else if (txid.value === NO_TXID) {
    return;
  } else if (isBesideUrl) {
    // Many banks write the charge's txid here; refusing them would refuse payments that work.
    const at = underlined(txid);
    findings.add({ rule: "txid-beside-url", severity: "warning", ...at, expected: NO_TXID });
  } else {
    demand(findings, txid, "txid", (value) => isTxid(value, "static-br-code"));
  }
}

function demand(
  findings: Findings,
  field: TlvField | undefined,
  rule: BrCodeRule,
  isSound: (value: string) => boolean,
): void {
  if (field && !isSound(field.value)) findings.add({ rule, ...underlined(field) });
}

function underlined(field: TlvField): { path: string; start: number; end: number } {
  return { path: field.path, start: field.valueStart, end: field.end };
}
