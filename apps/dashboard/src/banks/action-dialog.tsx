"use client";
import { Button } from "@heroui/react/button";
import type { ApprovalRequest } from "@pacto/contract";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { AskApproval } from "./ask-approval.tsx";
import { useDraft } from "./draft.ts";
import { useSending } from "./sending.ts";
import { SentNotice } from "./sent-notice.tsx";

// Dialogs are heavy and come later: they load once the page stands.
const ConfirmDialog = dynamic(
  () => import("../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

/** What the fields of an action's dialog are given. */
export interface ActionForm<T> {
  readonly value: T;
  readonly change: (next: Partial<T>) => void;
  /** Somebody tried to confirm: problems are told. */
  readonly tried: boolean;
}

/**
 * A button, the dialog in which it is thought over, and what became of it. Like every form it
 * survives a reload and is never done twice.
 */
export function ActionDialog<T extends object, Out>(props: {
  /** Name of the draft: what is acted on. */
  readonly name: string;
  readonly bank: string;
  readonly initial: T;
  readonly label: ReactNode;
  readonly title: string;
  readonly confirmText: string;
  readonly variant?: "primary" | "outline" | "ghost";
  readonly size?: "sm" | "md";
  readonly isDisabled?: boolean;
  /** The fields to fill in, or the summary to read. */
  readonly children: (form: ActionForm<T>) => ReactNode;
  /** Whether it may be confirmed; left out where nothing is to fill in. */
  readonly isComplete?: (value: T) => boolean;
  readonly request: (value: T, key: string) => Promise<Out>;
  readonly onDone?: (output: Out, value: T) => void;
  /** What a second person is asked for, where the bank demands two for this. */
  readonly approval?: (value: T) => ApprovalRequest;
}) {
  const { isComplete, variant = "outline", size = "sm" } = props;
  const t = useTranslations("actionDialog");
  const draft = useDraft<T>(props.name, props.initial);
  const sending = useSending(draft, props);
  const [isOpen, setOpen] = useState(false);
  const [tried, setTried] = useState(false);

  function confirm() {
    setTried(true);
    if (isComplete !== undefined && !isComplete(draft.value)) return;
    setOpen(false);
    setTried(false);
    sending.send();
  }

  if (!draft.ready) return null;
  return (
    <div data-screen-only className="flex min-w-0 flex-col gap-2">
      <div>
        <Button
          size={size}
          variant={variant}
          isPending={draft.phase === "sending"}
          isDisabled={draft.phase === "unknown" || (props.isDisabled ?? false)}
          onPress={() => setOpen(true)}
        >
          {props.label}
        </Button>
      </div>
      <SentNotice
        phase={draft.phase}
        refusal={sending.refusal}
        onAskAgain={sending.send}
        onGiveUp={draft.clear}
      />
      <AskApproval {...props} refusal={sending.refusal} request={props.approval?.(draft.value)} />
      {isOpen && (
        <ConfirmDialog
          isOpen
          isForm={isComplete !== undefined}
          title={props.title}
          confirmText={props.confirmText}
          cancelText={t("back")}
          onClose={() => setOpen(false)}
          onConfirm={confirm}
        >
          {props.children({ value: draft.value, change: draft.change, tried })}
        </ConfirmDialog>
      )}
    </div>
  );
}
