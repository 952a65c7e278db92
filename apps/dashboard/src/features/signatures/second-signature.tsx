"use client";
import type { DebitRequest, PendingDebitView, Refusal } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { Notice } from "../../components/notice.tsx";
import { HolderChoice } from "./holder-choice.tsx";

interface AskDraft {
  readonly askedBy: string;
}

const empty: AskDraft = { askedBy: "" };

/**
 * Where a debit was refused because both holders sign: keeps it for the second one's signature.
 * Nothing is held meanwhile.
 */
export function SecondSignature(props: {
  readonly refusal: Refusal | null;
  /** What was asked for; null while it is not whole. */
  readonly request: DebitRequest | null;
  readonly onAsked: () => void;
}) {
  const { refusal, request } = props;
  const t = useTranslations("signatures");
  const router = useRouter();
  if (refusal?.code !== "second-signature-needed" || request === null) return null;
  const bank = String(refusal.details["bank"] ?? "");
  const number = String(refusal.details["account"] ?? "");
  return (
    <Notice tone="neutral" title={t("askTitle", { number })}>
      <p className="mb-2">{t("askNote")}</p>
      <ActionDialog<AskDraft, { debit: PendingDebitView }>
        name={`ask-debit:${bank}:${number}`}
        bank={bank}
        initial={empty}
        label={t("ask")}
        variant="primary"
        title={t("ask")}
        confirmText={t("ask")}
        isComplete={({ askedBy }) => askedBy !== ""}
        request={({ askedBy }, idempotencyKey) =>
          bankClient(bank).debits.ask.mutate({ idempotencyKey, number, askedBy, request })
        }
        onDone={() => {
          props.onAsked();
          router.push(`/signatures?bank=${bank}`);
        }}
      >
        {({ value, change, tried }) => (
          <AskingHolder
            bank={bank}
            number={number}
            value={value.askedBy}
            onChange={(askedBy) => change({ askedBy })}
            tried={tried}
          />
        )}
      </ActionDialog>
    </Notice>
  );
}

function AskingHolder(props: {
  readonly bank: string;
  readonly number: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly tried: boolean;
}) {
  const t = useTranslations("signatures");
  const queries = useBankQueries()(props.bank);
  const { data } = useQuery(queries.accounts.get.queryOptions({ number: props.number }));
  return (
    <HolderChoice
      label={t("askedBy")}
      holders={data?.account.holders ?? []}
      value={props.value}
      onChange={props.onChange}
      tried={props.tried}
    />
  );
}
