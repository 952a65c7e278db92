import { accountsRefusals } from "./catalogue/accounts.ts";
import { approvalsRefusals } from "./catalogue/approvals.ts";
import { cashRefusals } from "./catalogue/cash.ts";
import { clientsRefusals } from "./catalogue/clients.ts";
import { commitRefusals } from "./catalogue/commit.ts";
import { edgeRefusals } from "./catalogue/edge.ts";
import { loansAndInterestRefusals } from "./catalogue/loans-and-interest.ts";
import { pixAgreementsRefusals } from "./catalogue/pix-agreements.ts";
import { pixKeysRefusals } from "./catalogue/pix-keys.ts";
import { pixPaymentsRefusals } from "./catalogue/pix-payments.ts";
import { reportsAndJobsRefusals } from "./catalogue/reports-and-jobs.ts";
import { staffRefusals } from "./catalogue/staff.ts";
import { transfersRefusals } from "./catalogue/transfers.ts";
import type { RefusalEntry } from "./catalogue/entry.ts";

export type { EdgeCode } from "./catalogue/entry.ts";

/**
 * Every refusal that Pacto gives: what happened and what to do, in both languages.
 * `{name}` takes a detail; details that end in `Centavos` are written as money.
 */
export const refusalCatalogue = {
  ...staffRefusals,
  ...approvalsRefusals,
  ...clientsRefusals,
  ...accountsRefusals,
  ...cashRefusals,
  ...transfersRefusals,
  ...commitRefusals,
  ...loansAndInterestRefusals,
  ...reportsAndJobsRefusals,
  ...pixKeysRefusals,
  ...pixPaymentsRefusals,
  ...pixAgreementsRefusals,
  ...edgeRefusals,
} as const satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof refusalCatalogue;

export const refusalCodes = Object.keys(refusalCatalogue) as [RefusalCode, ...RefusalCode[]];
