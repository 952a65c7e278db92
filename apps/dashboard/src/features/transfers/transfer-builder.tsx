"use client";
import { Button } from "@heroui/react/button";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useCallback, useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { type Draft, useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { readAmount } from "../../components/money-field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import type { PickedAccount } from "../accounts/account-picker.tsx";
import { useAskedAccount } from "../accounts/asked-account.ts";
import {
  type BuilderDraft,
  coordinatorOf,
  count,
  emptySide,
  type SideDraft,
  toRequest,
} from "./builder-draft.ts";
import { BuilderSummary } from "./builder-summary.tsx";
import { CoordinatorChoice } from "./coordinator-choice.tsx";
import { useTransferPreview } from "./preview.ts";
import { SideList } from "./side-list.tsx";
import { useTransferSending } from "./transfer-sending.ts";

// Dialogs are heavy and come later: they load once the page stands.
const TransferConfirmation = dynamic(
  () => import("./transfer-confirmation.tsx").then((it) => it.TransferConfirmation),
  {
    ssr: false,
  },
);

/** Builds a transfer between any number of accounts at any number of banks. */
export function TransferBuilder() {
  const t = useTranslations("builder");
  const draft = useBuilderDraft();
  const form = useBuilder(draft);
  if (!draft.ready) return <Skeleton label={t("title")} rows={8} />;
  const { value, change, phase } = draft;
  const isDisabled = phase !== "editing";
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <form onSubmit={form.submit} noValidate className="flex flex-col gap-5">
        <div className="grid items-start gap-5 lg:grid-cols-2">
          {(["from", "to"] as const).map((sides) => (
            <SideList
              key={sides}
              sides={sides}
              draft={value}
              counted={form.counted}
              preview={form.preview}
              onChange={change}
              tried={form.tried}
              isDisabled={isDisabled}
            />
          ))}
        </div>
        <div className="panel grid gap-4 p-4 sm:grid-cols-2">
          <TextInput
            label={t("purpose")}
            value={value.purpose}
            onChange={(purpose) => change({ purpose })}
            maxLength={140}
            isDisabled={isDisabled}
          />
          <CoordinatorChoice
            value={form.coordinator}
            onChange={(coordinator) => change({ coordinator })}
            isDisabled={isDisabled}
          />
        </div>
        <SentNotice
          phase={phase}
          refusal={form.sending.refusal}
          onAskAgain={() => void form.sending.send()}
          onGiveUp={draft.clear}
        />
        <BuilderSummary counted={form.counted} preview={form.preview} problem={form.problem}>
          <Button variant="ghost" onPress={draft.clear} isDisabled={isDisabled}>
            {t("clear")}
          </Button>
          <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
            {t("review")}
          </Button>
        </BuilderSummary>
      </form>
      {form.isConfirming && (
        <TransferConfirmation
          isOpen
          counted={form.counted}
          coordinator={form.coordinator}
          purpose={value.purpose}
          onClose={form.back}
          onConfirm={form.confirm}
        />
      )}
    </>
  );
}

/** The draft, begun with the accounts that the page's address names: `account` pays, `to` gets. */
function useBuilderDraft(): Draft<BuilderDraft> {
  const params = useSearchParams();
  const asked = (name: string) => params.get(name) ?? "";
  const [bank, account, toBank, to] = ["bank", "account", "toBank", "to"].map(asked) as [
    string,
    string,
    string,
    string,
  ];
  const name = [bank, account, ...(to === "" ? [] : [toBank, to])].join(":");
  const draft = useDraft<BuilderDraft>(`transfer:${name}`, {
    from: [emptySide("1", bank)],
    to: [emptySide("2", toBank)],
    purpose: "",
    coordinator: "",
  });
  const { value, change, ready } = draft;
  const [source] = value.from;
  const [destination] = value.to;
  const wantsSource = ready && source?.account === null && source.bank === bank;
  useAskedAccount(bank, wantsSource ? account : "", (found) => {
    change({ from: withAccount(value.from, found) });
  });
  const wantsDestination = ready && destination?.account === null && destination.bank === toBank;
  useAskedAccount(toBank, wantsDestination ? to : "", (found) => {
    change({ to: withAccount(value.to, found) });
  });
  return draft;
}

function withAccount(
  [first, ...others]: readonly SideDraft[],
  account: PickedAccount,
): readonly SideDraft[] {
  return first === undefined ? [] : [{ ...first, account }, ...others];
}

function useBuilder(draft: Draft<BuilderDraft>) {
  const t = useTranslations("builder");
  const locale = useLocale();
  const reachable = useReachable();
  const [tried, setTried] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const read = useCallback((text: string) => readAmount(text, locale), [locale]);
  const counted = count(draft.value, read);
  const request = toRequest(counted);
  const coordinator = coordinatorOf(draft.value, (bank) => reachable.has(bank));
  const preview = useTransferPreview(coordinator, request);
  const sending = useTransferSending(draft, { request, coordinator });
  const away = [...counted.from, ...counted.to].some(
    ({ bank }) => bank !== "" && !reachable.has(bank),
  );
  function findProblem(): string | null {
    if (away) return t("bankAway");
    if (coordinator === null || !reachable.has(coordinator)) return t("coordinatorMissing");
    if (request !== null) return null;
    return counted.remaining === 0n ? t("incomplete") : t("unbalanced");
  }
  const problem = findProblem();
  return {
    counted,
    coordinator,
    preview,
    sending,
    tried,
    isConfirming,
    problem: tried ? problem : null,
    submit: (event: FormEvent) => {
      event.preventDefault();
      setTried(true);
      if (problem === null) setConfirming(true);
    },
    back: () => setConfirming(false),
    confirm: () => {
      setConfirming(false);
      void sending.send();
    },
  };
}
