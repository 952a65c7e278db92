"use client";
import type { AccountView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionDialog, type ActionForm } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { Choice } from "../../components/choice.tsx";
import { isReason, ReasonField } from "../../components/reason-field.tsx";
import { useMoney } from "../../i18n/money.ts";
import { ApplyInterest } from "../interest/apply-interest.tsx";
import { AccountPicker, type PickedAccount } from "./account-picker.tsx";
import { ChangeTerms } from "./change-terms.tsx";

/** Blocks, unblocks, closes and reopens the account, each with its reason and confirmed once. */
export function AccountActions({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.actions");
  const { debitsBlocked, creditsBlocked, status } = account;
  return (
    <section
      aria-label={t("title")}
      data-screen-only
      className="-mt-2 flex flex-wrap items-start gap-1"
    >
      {status === "closed" ? (
        <Simple act="reopen" account={account} />
      ) : (
        <>
          {!(debitsBlocked && creditsBlocked) && <Block account={account} />}
          {(debitsBlocked || creditsBlocked) && <Simple act="unblock" account={account} />}
          <ChangeTerms account={account} />
          {account.ledgerCentavos > 0 && <ApplyInterest account={account} />}
          <Close account={account} />
        </>
      )}
    </section>
  );
}

const because = { reason: "" };

/** What takes a reason and nothing else. */
function Simple(props: { readonly act: "unblock" | "reopen"; readonly account: AccountView }) {
  const { act, account } = props;
  const t = useTranslations("account.actions");
  return (
    <ActionDialog<typeof because, unknown>
      name={`account-${act}:${account.bank}:${account.number}`}
      bank={account.bank}
      initial={because}
      variant="ghost"
      label={t(act)}
      title={t(`${act}Title`, { number: account.number })}
      confirmText={t(act)}
      isComplete={({ reason }) => isReason(reason)}
      request={({ reason }, idempotencyKey) =>
        bankClient(account.bank).accounts[act].mutate({
          idempotencyKey,
          number: account.number,
          reason,
        })
      }
      {...(act === "unblock" && {
        approval: ({ reason }: typeof because) => ({
          kind: "accounts.unblock" as const,
          payload: { number: account.number, reason },
        }),
      })}
    >
      {(form) => <Reasoned note={t(`${act}Note`)} form={form} />}
    </ActionDialog>
  );
}

const blocks = ["both", "debits", "credits"] as const;

interface BlockDraft {
  readonly what: (typeof blocks)[number];
  readonly reason: string;
}

const emptyBlock: BlockDraft = { what: "both", reason: "" };

function Block({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.actions");
  return (
    <ActionDialog<BlockDraft, unknown>
      name={`account-block:${account.bank}:${account.number}`}
      bank={account.bank}
      initial={emptyBlock}
      variant="ghost"
      label={t("block")}
      title={t("blockTitle", { number: account.number })}
      confirmText={t("block")}
      isComplete={({ reason }) => isReason(reason)}
      request={({ what, reason }, idempotencyKey) =>
        bankClient(account.bank).accounts.block.mutate({
          idempotencyKey,
          number: account.number,
          what,
          reason,
        })
      }
    >
      {(form) => (
        <Reasoned note={t("blockNote")} form={form}>
          <Choice
            label={t("what")}
            value={form.value.what}
            onChange={(id) => form.change({ what: blocks.find((it) => it === id) ?? "both" })}
            options={blocks.map((id) => ({ id, text: t(`blocks.${id}`) }))}
          />
        </Reasoned>
      )}
    </ActionDialog>
  );
}

interface CloseDraft {
  readonly reason: string;
  readonly payoutTo: PickedAccount | null;
}

const emptyClose: CloseDraft = { reason: "", payoutTo: null };

/** An account that holds money is closed by paying what is left out to another one. */
function Close({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.actions");
  const money = useMoney();
  const { bank, number, ledgerCentavos } = account;
  const isLeft = ledgerCentavos > 0;
  return (
    <ActionDialog<CloseDraft, unknown>
      name={`account-close:${bank}:${number}`}
      bank={bank}
      initial={emptyClose}
      variant="ghost"
      label={t("close")}
      title={t("closeTitle", { number })}
      confirmText={t("close")}
      isComplete={({ reason, payoutTo }) => isReason(reason) && (!isLeft || payoutTo !== null)}
      request={({ reason, payoutTo }, idempotencyKey) =>
        bankClient(bank).accounts.close.mutate({
          idempotencyKey,
          number,
          reason,
          ...(isLeft && payoutTo !== null ? { payoutTo: payoutTo.number } : {}),
        })
      }
      approval={({ reason, payoutTo }) => ({
        kind: "accounts.close",
        payload: {
          number,
          reason,
          ...(isLeft && payoutTo !== null ? { payoutTo: payoutTo.number } : {}),
        },
      })}
    >
      {(form) => (
        <Reasoned
          note={isLeft ? t("closeLeft", { amount: money(ledgerCentavos) }) : t("closeNote")}
          form={form}
        >
          {isLeft && (
            <AccountPicker
              label={t("payoutTo")}
              bank={bank}
              picked={form.value.payoutTo}
              onPick={(payoutTo) => form.change({ payoutTo })}
              problem={form.tried && form.value.payoutTo === null ? t("payoutMissing") : null}
            />
          )}
        </Reasoned>
      )}
    </ActionDialog>
  );
}

/** What it means, the fields of it if there are any, and the reason. */
function Reasoned<T extends { readonly reason: string }>(props: {
  readonly note: string;
  readonly form: ActionForm<T>;
  readonly children?: ReactNode;
}) {
  const { form } = props;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{props.note}</p>
      {props.children}
      <ReasonField
        value={form.value.reason}
        onChange={(reason) => form.change({ reason } as Partial<T>)}
        tried={form.tried}
        maxLength={300}
      />
    </div>
  );
}
