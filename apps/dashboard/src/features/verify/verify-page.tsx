"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useMoney } from "../../i18n/money.ts";
import { QrFile } from "../pix/qr-file.tsx";
import type { Verdict } from "./verdict.ts";

/** Checks a receipt against the banks' public keys, without asking any bank. */
export function VerifyPage() {
  const t = useTranslations("verify");
  const [text, setText] = useState("");
  const [verdict, setVerdict] = useState<Verdict | "unreadable" | null>(null);

  async function verify(candidate: string) {
    setText(candidate);
    const answer = await fetch("/api/verify", { method: "POST", body: candidate });
    setVerdict(answer.ok ? ((await answer.json()) as Verdict) : "unreadable");
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void verify(text).catch(() => setVerdict("unreadable"));
  }

  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,34rem)_1fr]">
        <form onSubmit={submit} className="panel flex flex-col gap-4 p-5">
          <QrFile
            label={t("image")}
            onRead={(read) => void verify(read).catch(() => setVerdict("unreadable"))}
          />
          <label className="flex flex-col gap-1">
            <span className="label w-fit">{t("text")}</span>
            <textarea
              rows={6}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="input input--primary w-full font-mono text-xs"
            />
          </label>
          <div>
            <Button type="submit">{t("verify")}</Button>
          </div>
        </form>
        {verdict !== null && <VerdictNotice verdict={verdict} />}
      </div>
    </>
  );
}

function VerdictNotice({ verdict }: { readonly verdict: Verdict | "unreadable" }) {
  const t = useTranslations("verify");
  const money = useMoney();
  if (verdict === "unreadable") {
    return (
      <Notice tone="negative" announce="now">
        {t("unreadable")}
      </Notice>
    );
  }
  const { proves, transaction, endToEndId, sides } = verdict;
  return (
    <Notice
      tone={proves === "commit" ? "positive" : proves === "nothing" ? "negative" : "caution"}
      announce="soon"
      title={t(`proves.${proves}`)}
    >
      {transaction !== null && <p className="font-mono text-xs">{transaction}</p>}
      {endToEndId !== null && <p className="font-mono text-xs">{endToEndId}</p>}
      <ul className="num mt-2">
        {sides.map((side) => (
          <li key={`${side.direction}${side.bank}${side.account}`}>
            {t(side.direction, {
              amount: money(side.amountCentavos),
              account: side.account,
              bank: side.bank,
            })}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted">{t("checks", { count: verdict.checks })}</p>
    </Notice>
  );
}
