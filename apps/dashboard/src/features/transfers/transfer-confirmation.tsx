"use client";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import type { ScheduleDraft } from "../plans/schedule.ts";
import type { Counted, CountedSide } from "./builder-draft.ts";

/** The whole transfer once more, to be read before it is sent. */
export function TransferConfirmation(props: {
  readonly isOpen: boolean;
  readonly counted: Counted;
  readonly coordinator: string | null;
  readonly purpose: string;
  readonly schedule: ScheduleDraft | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { counted } = props;
  const t = useTranslations("builder");
  const money = useMoney();
  const scheduled = useTranslations("schedule");
  const dates = useDates();
  const coordinator = useMember(props.coordinator ?? "");
  const { schedule } = props;
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      title={t("confirmTitle")}
      confirmText={
        schedule === null
          ? t("send", { amount: money(counted.leaves) })
          : scheduled("plan", { amount: money(counted.leaves) })
      }
      cancelText={t("back")}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <div className="flex flex-col gap-4">
        <ConfirmedSides title={t("from")} sides={counted.from} />
        <ConfirmedSides title={t("to")} sides={counted.to} />
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 border-t border-border pt-3">
          <dt className="text-muted">{t("total")}</dt>
          <dd className="num text-right text-base font-semibold">{money(counted.leaves)}</dd>
          <dt className="text-muted">{t("coordinator")}</dt>
          <dd className="flex justify-end">{coordinator && <BankName bank={coordinator} />}</dd>
          {schedule !== null && (
            <>
              <dt className="text-muted">{scheduled("when")}</dt>
              <dd className="num text-right">
                {scheduled(`every.${schedule.every}`)} · {dates.day(schedule.on)} {schedule.time}
              </dd>
            </>
          )}
          {props.purpose !== "" && (
            <>
              <dt className="text-muted">{t("purpose")}</dt>
              <dd className="text-right">{props.purpose}</dd>
            </>
          )}
        </dl>
        <p className="text-muted">{t("allOrNothing")}</p>
      </div>
    </ConfirmDialog>
  );
}

function ConfirmedSides(props: { readonly title: string; readonly sides: readonly CountedSide[] }) {
  const money = useMoney();
  const members = useMembers();
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted">{props.title}</h3>
      <ul className="flex flex-col gap-1">
        {props.sides.map((side) => {
          const bank = members.find(({ id }) => id === side.bank);
          return (
            <li key={side.id} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0">
                <span className="block truncate">{side.account?.holder}</span>
                <span className="num flex items-center gap-2 text-xs text-muted">
                  {bank && <BankName bank={bank} />}
                  {side.account?.number}
                </span>
              </span>
              <span className="num font-medium">{money(side.centavos ?? 0n)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
