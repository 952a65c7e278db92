"use client";
import { Button } from "@heroui/react/button";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Draft } from "../../banks/draft.ts";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { ScheduleFields } from "../plans/schedule-fields.tsx";
import type { BuilderDraft } from "./builder-draft.ts";
import { useBuilder, useBuilderDraft } from "./builder-form.ts";
import { BuilderSummary } from "./builder-summary.tsx";
import { CoordinatorChoice } from "./coordinator-choice.tsx";
import { SideList } from "./side-list.tsx";
import { type BegunTransfer, hrefOf } from "./transfer-sending.ts";

// Seldom needed: a few joint accounts only.
const SecondSignature = dynamic(
  () => import("../signatures/second-signature.tsx").then((it) => it.SecondSignature),
  { ssr: false },
);
const Templates = dynamic(() => import("../plans/templates.tsx").then((it) => it.Templates), {
  ssr: false,
});
// Dialogs are heavy and come later: they load once the page stands.
const TransferConfirmation = dynamic(
  () => import("./transfer-confirmation.tsx").then((it) => it.TransferConfirmation),
  { ssr: false },
);

const TransferDetail = dynamic(
  () => import("./transfer-detail.tsx").then((it) => it.TransferDetail),
  { ssr: false },
);

/** Builds a transfer between any number of accounts at any number of banks. */
export function TransferBuilder() {
  const t = useTranslations("builder");
  const draft = useBuilderDraft();
  const form = useBuilder(draft);
  const { begun } = form.sending;
  const isHere = usePathname() === (begun && hrefOf(begun));
  if (begun !== null && isHere) return <Begun transfer={begun} />;
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
        <BuilderTerms draft={draft} form={form} />
        <BuilderNotices draft={draft} form={form} />
        <BuilderSummary counted={form.counted} preview={form.preview} problem={form.problem}>
          <Button variant="ghost" onPress={draft.clear} isDisabled={isDisabled}>
            {t("clear")}
          </Button>
          <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
            {t("review")}
          </Button>
        </BuilderSummary>
      </form>
      <div className="mt-5">
        <Templates
          request={form.request}
          coordinator={form.coordinator}
          onUse={change}
          isDisabled={isDisabled}
        />
      </div>
      {form.isConfirming && (
        <TransferConfirmation
          isOpen
          counted={form.counted}
          coordinator={form.coordinator}
          purpose={value.purpose}
          schedule={form.schedule}
          onClose={form.back}
          onConfirm={form.confirm}
        />
      )}
    </>
  );
}

/** What was sent, followed where it was built, and the way to the next one. */
function Begun({ transfer }: { readonly transfer: BegunTransfer }) {
  const t = useTranslations("builder");
  return (
    <>
      <TransferDetail bank={transfer.bank} id={transfer.id} />
      <p className="mt-5" data-screen-only>
        <ActionLink href="/transfers/new">
          <Icon name="plus" />
          {t("another")}
        </ActionLink>
      </p>
    </>
  );
}

interface Part {
  readonly draft: Draft<BuilderDraft>;
  readonly form: ReturnType<typeof useBuilder>;
}

/** Purpose, who coordinates, and when. */
function BuilderTerms({ draft, form }: Part) {
  const { value, change } = draft;
  const t = useTranslations("builder");
  const isDisabled = draft.phase !== "editing";
  return (
    <div className="panel grid gap-4 p-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <TextInput
          label={t("purpose")}
          value={value.purpose}
          onChange={(purpose) => change({ purpose })}
          maxLength={140}
          isDisabled={isDisabled}
        />
      </div>
      <CoordinatorChoice
        value={form.coordinator}
        onChange={(coordinator) => change({ coordinator })}
        isDisabled={isDisabled}
      />
      <ScheduleFields
        value={form.schedule}
        onChange={(schedule) => change({ schedule })}
        problem={form.scheduleProblem}
        isDisabled={isDisabled}
      />
    </div>
  );
}

/** What became of it, and what may be done where it was refused. */
function BuilderNotices({ draft, form }: Part) {
  return (
    <>
      <SentNotice
        phase={draft.phase}
        refusal={form.sending.refusal}
        onAskAgain={() => void form.sending.send()}
        onGiveUp={draft.clear}
      />
      <SecondSignature
        refusal={form.sending.refusal}
        request={form.request && { kind: "transfer", transfer: { ...form.request, waitMs: 0 } }}
        onAsked={draft.clear}
      />
      {form.request !== null && form.coordinator !== null && (
        <AskApproval
          bank={form.coordinator}
          refusal={form.sending.refusal}
          request={{
            kind: "transfers.create",
            payload: { ...form.request, purpose: draft.value.purpose },
          }}
        />
      )}
    </>
  );
}
