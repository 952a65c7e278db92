"use client";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useCallback, useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { type Draft, useDraft } from "../../banks/draft.ts";
import { readAmount } from "../../components/money-field.tsx";
import type { PickedAccount } from "../accounts/account-picker.tsx";
import { useAskedAccount } from "../accounts/asked-account.ts";
import { findScheduleProblem } from "../plans/schedule.ts";
import {
  type BuilderDraft,
  coordinatorOf,
  count,
  emptySide,
  type SideDraft,
  toRequest,
} from "./builder-draft.ts";
import { useTransferPreview } from "./preview.ts";
import { useTransferSending } from "./transfer-sending.ts";

/** The draft, begun with the accounts that the page's address names: `account` pays, `to` gets. */
export function useBuilderDraft(): Draft<BuilderDraft> {
  const params = useSearchParams();
  const asked = (name: string) => params.get(name) ?? "";
  const [bank, account, toBank, to] = [
    asked("bank"),
    asked("account"),
    asked("toBank"),
    asked("to"),
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

/** What the draft has come to, what the banks would say, and the way to send it. */
export function useBuilder(draft: Draft<BuilderDraft>) {
  const t = useTranslations("builder");
  const scheduled = useTranslations("schedule.problem");
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
  const schedule = draft.value.schedule ?? null;
  const scheduleProblem = schedule === null ? null : findScheduleProblem(schedule, Date.now());
  const away = [...counted.from, ...counted.to].some(
    ({ bank }) => bank !== "" && !reachable.has(bank),
  );
  function findProblem(): string | null {
    if (away) return t("bankAway");
    if (coordinator === null || !reachable.has(coordinator)) return t("coordinatorMissing");
    if (request === null) return counted.remaining === 0n ? t("incomplete") : t("unbalanced");
    return scheduleProblem === null ? null : scheduled(scheduleProblem);
  }
  const problem = findProblem();
  return {
    counted,
    request: request && { ...request, purpose: draft.value.purpose },
    coordinator,
    preview,
    sending,
    schedule,
    scheduleProblem: tried ? scheduleProblem : null,
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
