"use client";
import type { DebitRequest } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { HolderChoice } from "./holder-choice.tsx";
import type { DebitAt } from "./signature-list.tsx";

/** One debit: what was asked, by whom, and what the other holder may do about it. */
export function PendingDebit({ debit }: { readonly debit: DebitAt }) {
  const t = useTranslations("signatures");
  const dates = useDates();
  const member = useMember(debit.bank);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 px-4 py-3">
      <div className="min-w-0">
        <p className="font-medium">
          <Asked request={debit.request} />
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          {member && <BankName bank={member} />}
          <Link href={`/accounts/${debit.bank}/${debit.number}`} className="num text-link">
            {debit.number}
          </Link>
          <span>{t("askedByName", { name: debit.askedByName })}</span>
          <span className="num">{dates.at(debit.createdAt)}</span>
          {debit.status !== "pending" && (
            <span className={debit.status === "signed" ? "text-positive" : ""}>
              {t(`statuses.${debit.status}`)}
              {debit.decidedAt !== null && ` · ${dates.at(debit.decidedAt)}`}
            </span>
          )}
        </p>
      </div>
      {debit.status === "pending" && (
        <div className="flex flex-wrap gap-2">
          <TakeBack debit={debit} />
          <Sign debit={debit} />
        </div>
      )}
    </li>
  );
}

/** The request in a sentence, exactly as it will be done. */
function Asked({ request }: { readonly request: DebitRequest }) {
  const t = useTranslations("signatures");
  const money = useMoney();
  const members = useMembers();
  if (request.kind === "withdrawal") {
    const { amountCentavos, description } = request.cash;
    const note = description === undefined || description === "" ? "" : ` · ${description}`;
    return <>{t("withdrawal", { amount: money(amountCentavos) }) + note}</>;
  }
  const { from, to, purpose } = request.transfer;
  const total = from.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
  const places = to.map(({ bank, account }) => {
    const name = members.find(({ id }) => id === bank)?.name ?? bank;
    return `${name} ${account}`;
  });
  const note = purpose === undefined || purpose === "" ? "" : ` · ${purpose}`;
  return <>{t("transfer", { amount: money(total), to: places.join(", ") }) + note}</>;
}

const nobody = { signedBy: "" };

function Sign({ debit }: { readonly debit: DebitAt }) {
  const t = useTranslations("signatures");
  const router = useRouter();
  const queries = useBankQueries()(debit.bank);
  const { data } = useQuery(queries.accounts.get.queryOptions({ number: debit.number }));
  const others = data?.account.holders.filter(({ clientId }) => clientId !== debit.askedBy) ?? [];
  return (
    <ActionDialog
      name={`sign:${debit.bank}:${debit.id}`}
      bank={debit.bank}
      initial={nobody}
      label={t("sign")}
      variant="primary"
      title={t("signTitle")}
      confirmText={t("doSign")}
      isComplete={({ signedBy }) => signedBy !== ""}
      request={({ signedBy }, idempotencyKey) =>
        bankClient(debit.bank).debits.sign.mutate({ idempotencyKey, id: debit.id, signedBy })
      }
      approval={({ signedBy }) => ({
        kind: "debits.sign",
        payload: { id: debit.id, signedBy },
      })}
      onDone={({ transfer, cash }) => {
        if (transfer !== null) router.push(`/transfers/${debit.bank}/${transfer.id}`);
        if (cash !== null) router.push(`/receipts/${debit.bank}/${cash.postingId}`);
      }}
    >
      {({ value, change, tried }) => (
        <div className="flex flex-col gap-4">
          <p className="font-medium">
            <Asked request={debit.request} />
          </p>
          <Summary
            facts={[
              [t("account"), debit.number],
              [t("askedBy"), debit.askedByName],
            ]}
          />
          <HolderChoice
            label={t("signedBy")}
            holders={others}
            value={value.signedBy}
            onChange={(signedBy) => change({ signedBy })}
            tried={tried}
          />
        </div>
      )}
    </ActionDialog>
  );
}

const nothing = {};

function TakeBack({ debit }: { readonly debit: DebitAt }) {
  const t = useTranslations("signatures");
  return (
    <ActionDialog
      name={`take-back:${debit.bank}:${debit.id}`}
      bank={debit.bank}
      initial={nothing}
      label={t("decline")}
      variant="ghost"
      title={t("declineTitle")}
      confirmText={t("doDecline")}
      request={(_, idempotencyKey) =>
        bankClient(debit.bank).debits.withdraw.mutate({ idempotencyKey, id: debit.id })
      }
    >
      {() => <p className="text-muted">{t("declineNote")}</p>}
    </ActionDialog>
  );
}
