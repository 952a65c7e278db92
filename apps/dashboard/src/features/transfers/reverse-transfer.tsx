"use client";
import type { TransferView } from "@pacto/contract";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { isReason, ReasonField } from "../../components/reason-field.tsx";
import { useMoney } from "../../i18n/money.ts";

const empty = { reason: "" };

/** Takes a completed transfer back by one of its own, from its destinations to its sources. */
export function ReverseTransfer({ transfer }: { readonly transfer: TransferView }) {
  const t = useTranslations("reversal");
  const money = useMoney();
  const router = useRouter();
  const { coordinator, id } = transfer;
  return (
    <ActionDialog
      name={`reverse-transfer:${coordinator}:${id}`}
      bank={coordinator}
      initial={empty}
      size="md"
      label={t("reverse")}
      title={t("title", { amount: money(transfer.totalCentavos) })}
      confirmText={t("reverse")}
      isComplete={({ reason }) => isReason(reason)}
      request={({ reason }, idempotencyKey) =>
        bankClient(coordinator).transfers.reverse.mutate({ idempotencyKey, id, reason, waitMs: 0 })
      }
      approval={({ reason }) => ({ kind: "transfers.reverse", payload: { id, reason } })}
      onDone={(output) => router.push(`/transfers/${coordinator}/${output.transfer.id}`)}
    >
      {({ value, change, tried }) => (
        <div className="flex flex-col gap-4">
          <p className="text-muted">{t("note")}</p>
          <ReasonField
            value={value.reason}
            onChange={(reason) => change({ reason })}
            tried={tried}
            maxLength={120}
          />
        </div>
      )}
    </ActionDialog>
  );
}
