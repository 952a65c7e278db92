"use client";
import { Button } from "@heroui/react/button";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Summary } from "../../components/summary.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { Previewed } from "./import-form.tsx";

// Dialogs are heavy and come later: they load once the page stands.
const ConfirmDialog = dynamic(
  () => import("../../components/confirm-dialog.tsx").then((it) => it.ConfirmDialog),
  { ssr: false },
);

/** The button that begins, after a summary was read. */
export function StartImport(props: {
  readonly previewed: Previewed;
  readonly isSending: boolean;
  readonly isDisabled: boolean;
  readonly onStart: () => void;
}) {
  const { readable, totalCentavos } = props.previewed;
  const t = useTranslations("imports");
  const money = useMoney();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        isPending={props.isSending}
        isDisabled={props.isDisabled}
        onPress={() => setOpen(true)}
      >
        {t("start", { n: readable })}
      </Button>
      {isOpen && (
        <ConfirmDialog
          isOpen
          title={t("startTitle")}
          confirmText={t("start", { n: readable })}
          cancelText={t("back")}
          onClose={() => setOpen(false)}
          onConfirm={() => {
            setOpen(false);
            props.onStart();
          }}
        >
          <Summary
            facts={[
              [t("transfers"), String(readable)],
              [
                t("total"),
                <strong key="total" className="text-base font-semibold">
                  {money(totalCentavos)}
                </strong>,
              ],
            ]}
          />
          <p className="mt-3 text-muted">{t("startNote")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
