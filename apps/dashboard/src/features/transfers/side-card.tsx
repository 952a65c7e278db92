"use client";
import { Button } from "@heroui/react/button";
import { formatReais } from "@pacto/banking";
import { useLocale, useTranslations } from "next-intl";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import { MoneyField } from "../../components/money-field.tsx";
import { useMoney } from "../../i18n/money.ts";
import { AccountPicker } from "../accounts/account-picker.tsx";
import type { CountedSide, SideDraft, Sides } from "./builder-draft.ts";
import type { Asker } from "./find-lines.ts";
import { KeyFinder } from "./key-finder.tsx";
import { PreviewSentence } from "./preview-sentence.tsx";
import type { Preview } from "./preview.ts";

interface SideCardProps {
  readonly side: CountedSide;
  readonly sides: Sides;
  readonly number: number;
  /** What leaves and has no destination yet, over the whole transfer. */
  readonly remaining: bigint;
  readonly preview: Preview;
  /** In whose name a PIX key is looked up: an account that pays. */
  readonly asker: Asker | null;
  readonly tried: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (next: Partial<SideDraft>) => void;
  readonly onRemove: (() => void) | undefined;
}

/** One account's share: its bank, the account, the amount, and what its bank would say. */
export function SideCard(props: SideCardProps) {
  const { side, sides, tried, isDisabled, onChange } = props;
  const t = useTranslations("builder");
  const isAway = !useReachable().has(side.bank) && side.bank !== "";
  const bank = useMember(side.bank);
  const name = t(sides === "from" ? "sourceNumber" : "destinationNumber", { n: props.number });
  return (
    <fieldset className="panel relative px-4 pt-3 pb-4">
      <legend className="sr-only">{name}</legend>
      <div
        className="mb-2 flex h-6 items-center justify-between text-xs text-muted"
        aria-hidden="true"
      >
        {name}
      </div>
      {props.onRemove !== undefined && (
        <div className="absolute top-2 right-2">
          <Button
            isIconOnly
            size="sm"
            variant="ghost"
            aria-label={t("remove", { name })}
            isDisabled={isDisabled}
            onPress={props.onRemove}
          >
            <Icon name="close" />
          </Button>
        </div>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <BankChoice
          label={t("bank")}
          value={side.bank === "" ? null : side.bank}
          onChange={(id) => onChange({ bank: id, account: null })}
          isDisabled={isDisabled}
          isRequired
          problem={
            isAway && bank !== undefined
              ? t("away", { bank: bank.name })
              : tried && side.bank === ""
                ? t("bankMissing")
                : null
          }
        />
        <AmountField {...props} />
        <div className="sm:col-span-2">
          <AccountPicker
            label={t("account")}
            anyBank
            bank={side.bank === "" ? null : side.bank}
            picked={side.account}
            onPick={(account, of) => onChange({ account, bank: of })}
            problem={tried && side.account === null ? t("accountMissing") : null}
            isDisabled={isDisabled}
          />
          {sides === "to" && (
            <KeyFinder asker={props.asker} isDisabled={isDisabled} onFound={onChange} />
          )}
        </div>
      </div>
      <PreviewSentence side={side} sides={sides} preview={props.preview} />
    </fieldset>
  );
}

function AmountField({ side, sides, remaining, tried, isDisabled, onChange }: SideCardProps) {
  const t = useTranslations("builder");
  const locale = useLocale();
  const money = useMoney();
  // What this amount must become for the two sides to be equal.
  const fitting = (side.centavos ?? 0n) + (sides === "to" ? remaining : -remaining);
  const canFit = !side.isFollowing && remaining !== 0n && fitting > 0n && sides === "to";
  return (
    <div>
      <MoneyField
        label={t("amount")}
        text={side.amount}
        onText={(amount) => onChange({ amount })}
        isOptional={side.isFollowing}
        showProblems={tried && !side.isFollowing}
        isDisabled={isDisabled}
        isRequired={!side.isFollowing}
        {...(side.isFollowing
          ? {
              hint:
                side.centavos === null
                  ? t("follows")
                  : t("followsAmount", { amount: money(side.centavos) }),
            }
          : {})}
      />
      {canFit && (
        <button
          type="button"
          disabled={isDisabled}
          className="mt-1 cursor-pointer text-xs text-link"
          onClick={() => onChange({ amount: formatReais(fitting, locale).replace(/^R\$\s/, "") })}
        >
          {t("fit", { amount: money(fitting) })}
        </button>
      )}
    </div>
  );
}
