"use client";
import type { OwnDrawer as OwnDrawerView } from "@pacto/contract";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { useMoney } from "../../i18n/money.ts";
import { HandOver } from "./hand-over.tsx";

/** Closed, with the way to open it; or open, with what may be done. */
export function OwnDrawer(props: {
  readonly bank: string;
  readonly drawer: OwnDrawerView;
  readonly onCount: () => void;
}) {
  const { bank, drawer } = props;
  const t = useTranslations("drawer");
  const format = useFormatter();
  const money = useMoney();
  return (
    <section
      aria-label={t("own")}
      className="panel flex flex-wrap items-start justify-between gap-x-8 gap-y-4 p-5"
    >
      <div>
        <p className="flex items-center gap-2 text-[0.9375rem] font-semibold">
          <span
            aria-hidden="true"
            className={`size-2 rounded-full ${drawer.isOpen ? "bg-positive" : "border border-subtle"}`}
          />
          {t(drawer.isOpen ? "isOpen" : "isClosed")}
        </p>
        <p className="mt-1 max-w-prose text-muted">
          {drawer.openedAt === null
            ? t(drawer.drawersRequired ? "closedRequired" : "closedOptional")
            : t("openedWith", {
                at: format.dateTime(new Date(drawer.openedAt), {
                  dateStyle: "short",
                  timeStyle: "short",
                }),
                amount: money(drawer.openingCentavos ?? 0),
              })}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        {drawer.isOpen ? (
          <>
            <HandOver bank={bank} />
            <button
              type="button"
              className="button button--primary button--sm"
              onClick={props.onCount}
            >
              {t("toCount")}
            </button>
          </>
        ) : (
          <OpenDrawer bank={bank} />
        )}
      </div>
    </section>
  );
}

const emptyFloat = { float: "" };

function OpenDrawer({ bank }: { readonly bank: string }) {
  const t = useTranslations("drawer");
  const locale = useLocale();
  return (
    <ActionDialog
      name={`drawer-open:${bank}`}
      bank={bank}
      initial={emptyFloat}
      label={t("open")}
      variant="primary"
      title={t("openTitle")}
      confirmText={t("open")}
      isComplete={({ float }) => readAmount(float, locale, true) !== null || float.trim() === ""}
      request={({ float }, idempotencyKey) =>
        bankClient(bank).cash.openDrawer.mutate({
          idempotencyKey,
          floatCentavos: Number(readAmount(float, locale, true) ?? 0n),
        })
      }
    >
      {({ value, change, tried }) => (
        <MoneyField
          label={t("float")}
          text={value.float}
          onText={(float) => change({ float })}
          hint={t("floatHint")}
          isOptional
          showProblems={tried}
        />
      )}
    </ActionDialog>
  );
}
