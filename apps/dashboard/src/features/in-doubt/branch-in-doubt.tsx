"use client";
import type { InDoubtBranch } from "@pacto/contract";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useMembers, useReachable } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import { useAge, useNow } from "../../i18n/age.ts";
import { useMoney } from "../../i18n/money.ts";
import { ForceBranch } from "./force-branch.tsx";
import type { ForceRequest } from "./in-doubt.ts";
import { whatNext } from "./what-next.ts";

/** One branch in doubt: its facts, what will happen, and how people may end it. */
export function BranchInDoubt(props: {
  readonly branch: InDoubtBranch;
  readonly request: ForceRequest | null;
}) {
  const { branch, request } = props;
  const t = useTranslations("inDoubt");
  const format = useFormatter();
  const money = useMoney();
  const age = useAge();
  const now = useNow();
  const bank = useMember(branch.bank);
  const coordinator = useMember(branch.coordinator);
  const sentence = useNextSentence();
  if (bank === undefined) return null;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
        <span className="font-medium">
          <BankName bank={bank} />
        </span>
        <span className="flex items-center gap-1.5 text-muted">
          {t("waitsFor")} {coordinator && <BankName bank={coordinator} />}
        </span>
        <span className="num text-muted">
          {t("since", {
            at: format.dateTime(new Date(branch.votedAt), {
              dateStyle: "short",
              timeStyle: "medium",
            }),
            age: age(now - Date.parse(branch.votedAt)),
          })}
        </span>
        <span className="num ml-auto flex items-center gap-1.5 font-semibold">
          <Icon name="lock" className="size-3.5 text-caution" />
          {t("held", { amount: money(branch.heldCentavos) })}
        </span>
      </div>
      <p>{sentence(branch)}</p>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Link
          href={`/transfers/${branch.coordinator}/${branch.transactionId}`}
          className="text-link"
        >
          {t("openTransfer")}
        </Link>
        <ForceBranch bank={bank} transaction={branch.transactionId} request={request} />
      </div>
    </li>
  );
}

/** What ends the doubt, in a sentence. */
function useNextSentence(): (branch: InDoubtBranch) => string {
  const t = useTranslations("inDoubt.next");
  const members = useMembers();
  const reachable = useReachable();
  const name = (id: string) => members.find((member) => member.id === id)?.name ?? id;
  return (branch) => {
    const next = whatNext(branch, reachable);
    const coordinator = name(branch.coordinator);
    if (next.kind === "witnessesDecide") {
      const banks = next.banks.map(name).join(", ");
      return t("witnessesDecide", { coordinator, banks, needed: next.needed });
    }
    if (next.kind === "witnessesMissing") {
      const banks = next.banks.map(name).join(", ");
      return t("witnessesMissing", { coordinator, banks, missing: next.missing });
    }
    return t(next.kind, { coordinator });
  };
}
