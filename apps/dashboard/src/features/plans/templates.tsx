"use client";
import type { PreviewTransferInput, TemplateView } from "@pacto/contract";
import { useQueries } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { BuilderDraft } from "../transfers/builder-draft.ts";
import { draftOf } from "./draft-of.ts";

type TemplateAt = TemplateView & { readonly bank: string };

/** Composites kept under a name, of every bank that answers: to begin with, to keep, to remove. */
export function Templates(props: {
  /** What may be kept now; null while it is not whole. */
  readonly request: (PreviewTransferInput & { readonly purpose: string }) | null;
  readonly coordinator: string | null;
  readonly onUse: (draft: BuilderDraft) => void;
  readonly isDisabled: boolean;
}) {
  const { request, coordinator } = props;
  const t = useTranslations("templates");
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  const [saved, setSaved] = useState<string | null>(null);
  const templates = useQueries({
    queries: members.map(({ id }) =>
      queries(id).plans.templates.queryOptions(undefined, { enabled: reachable.has(id) }),
    ),
    combine: (results) =>
      results.flatMap(({ data }, at): TemplateAt[] => {
        const bank = members[at]?.id ?? "";
        return (data?.templates ?? []).map((template) => ({ ...template, bank }));
      }),
  });
  return (
    <details className="panel px-4 py-3">
      <summary className="cursor-pointer font-medium">
        {t("title")} <span className="num font-normal text-muted">({templates.length})</span>
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        {templates.length === 0 ? (
          <p className="text-muted">{t("none")}</p>
        ) : (
          <ul className="divide-y divide-separator">
            {templates.map((template) => (
              <TemplateRow
                key={template.id}
                template={template}
                onUse={props.onUse}
                isDisabled={props.isDisabled}
              />
            ))}
          </ul>
        )}
        {coordinator !== null && request !== null ? (
          <SaveTemplate request={request} coordinator={coordinator} onSaved={setSaved} />
        ) : (
          <p className="text-xs text-muted">{t("incomplete")}</p>
        )}
        {saved !== null && (
          <Notice tone="positive" announce="soon" title={t("saved", { name: saved })} />
        )}
      </div>
    </details>
  );
}

const unnamed = { name: "" };
const NAME_MIN = 2;

function SaveTemplate(props: {
  readonly request: PreviewTransferInput & { readonly purpose: string };
  readonly coordinator: string;
  readonly onSaved: (name: string) => void;
}) {
  const { request, coordinator } = props;
  const t = useTranslations("templates");
  return (
    <ActionDialog<typeof unnamed, { template: TemplateView }>
      name={`template:${coordinator}`}
      bank={coordinator}
      initial={unnamed}
      label={t("save")}
      title={t("save")}
      confirmText={t("doSave")}
      isComplete={({ name }) => name.trim().length >= NAME_MIN}
      request={({ name }, idempotencyKey) =>
        bankClient(coordinator).plans.saveTemplate.mutate({
          idempotencyKey,
          name,
          transfer: request,
        })
      }
      onDone={({ template }) => props.onSaved(template.name)}
    >
      {({ value, change, tried }) => (
        <TextInput
          label={t("name")}
          value={value.name}
          onChange={(name) => change({ name })}
          hint={t("nameHint")}
          problem={tried && value.name.trim().length < NAME_MIN ? t("nameMissing") : null}
          isRequired
          maxLength={80}
        />
      )}
    </ActionDialog>
  );
}

const nothing = {};

function TemplateRow(props: {
  readonly template: TemplateAt;
  readonly onUse: (draft: BuilderDraft) => void;
  readonly isDisabled: boolean;
}) {
  const { template } = props;
  const t = useTranslations("templates");
  const locale = useLocale();
  const money = useMoney();
  const bank = useMembers().find(({ id }) => id === template.bank);
  const { from, to } = template.transfer;
  const total = from.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-2">
      <div className="min-w-0">
        <p className="font-medium">{template.name}</p>
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
          {bank && <BankName bank={bank} />}
          <span className="num">
            {t("shape", { from: from.length, to: to.length, amount: money(total) })}
          </span>
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <ActionDialog
          name={`template-remove:${template.bank}:${template.id}`}
          bank={template.bank}
          initial={nothing}
          label={t("remove")}
          variant="ghost"
          title={t("removeTitle", { name: template.name })}
          confirmText={t("remove")}
          request={(_, idempotencyKey) =>
            bankClient(template.bank).plans.removeTemplate.mutate({
              idempotencyKey,
              id: template.id,
            })
          }
        >
          {() => <p className="text-muted">{t("removeNote")}</p>}
        </ActionDialog>
        <button
          type="button"
          className="button button--outline button--sm"
          disabled={props.isDisabled}
          aria-label={t("useNamed", { name: template.name })}
          onClick={() => void draftOf(template.transfer, locale).then(props.onUse)}
        >
          {t("use")}
        </button>
      </div>
    </li>
  );
}
