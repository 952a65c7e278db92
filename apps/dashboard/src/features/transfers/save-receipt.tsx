"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { settle } from "../../banks/refusal.ts";
import { saveJson } from "../../components/save-json.ts";

/** Prints the page, or saves the receipt with every bank's signature, which `pacto verify` checks. */
export function SaveReceipt({ bank, id }: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("transfer");
  const isReachable = useReachable().has(bank);
  const [hasFailed, setFailed] = useState(false);
  async function save() {
    const asked = await settle(() => bankClient(bank).transfers.receipt.query({ id }));
    setFailed(asked.kind !== "done");
    if (asked.kind === "done") saveJson(`receipt-${bank}-${id}.json`, asked.value.receipt);
  }
  return (
    <>
      <Button size="sm" variant="outline" onPress={() => print()}>
        {t("print")}
      </Button>
      <Button
        size="sm"
        variant="outline"
        isDisabled={!isReachable}
        {...(hasFailed ? { "aria-describedby": "receipt-failed" } : {})}
        onPress={() => void save()}
      >
        {t("receipt")}
      </Button>
      {hasFailed && (
        <span id="receipt-failed" role="alert" className="self-center text-negative">
          {t("receiptFailed")}
        </span>
      )}
    </>
  );
}
