"use client";
import { useTranslations } from "next-intl";
import { useMember } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import type { CountedSide, Sides } from "./builder-draft.ts";
import type { Preview } from "./preview.ts";

/** What this side's bank would say to the transfer now, in a sentence. */
export function PreviewSentence(props: {
  readonly side: CountedSide;
  readonly sides: Sides;
  readonly preview: Preview;
}) {
  const { side, sides, preview } = props;
  const t = useTranslations("builder");
  const money = useMoney();
  const sentence = useRefusalSentence();
  const bank = useMember(side.bank);
  if (bank === undefined || side.account === null || side.centavos === null) return null;
  const direction = sides === "from" ? "debit" : "credit";
  const line = preview.lineOf(side.bank, side.account.number, direction);
  if (line === null) return null;
  if (line.refusal !== null) {
    return (
      <p className="mt-3 flex gap-1.5 text-negative">
        <Icon name="warning" className="mt-0.5" />
        {sentence(line.refusal)}
      </p>
    );
  }
  if (line.status !== "ok") {
    return (
      <p className="mt-3 flex gap-1.5 text-caution">
        <Icon name="warning" className="mt-0.5" />
        {t(line.status === "unknown" ? "previewUnknown" : "previewOther", { bank: bank.name })}
      </p>
    );
  }
  return (
    <p className="mt-3 flex gap-1.5 text-positive">
      <Icon name="check" className="mt-0.5" />
      <span>
        {t(sides === "from" ? "previewDebit" : "previewCredit", {
          bank: bank.name,
          amount: money(line.amountCentavos),
          holder: line.holderMasked ?? side.account.holder,
        })}
      </span>
    </p>
  );
}
