"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { MoneyField } from "../../components/money-field.tsx";
import { AccountPicker } from "../accounts/account-picker.tsx";
import type { AlsoPayer, PixDraft } from "./send-draft.ts";

/** The contract takes no more payers beside the first. */
const MOST = 14;

/** More accounts, at any banks, that pay together with the first one, all or nothing. */
export function AlsoPayers(props: {
  readonly value: PixDraft;
  readonly change: (next: Partial<PixDraft>) => void;
  readonly tried: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, change, tried, isDisabled } = props;
  const t = useTranslations("pix");
  const replace = (at: number, next: Partial<AlsoPayer>) =>
    change({ also: value.also.map((one, index) => (index === at ? { ...one, ...next } : one)) });
  return (
    <>
      {value.also.map((payer, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a payer is its place in the list
        <fieldset key={at} className="flex flex-col gap-3 rounded-lg border border-border p-3">
          <legend className="label px-1">{t("alsoPayer", { n: at + 2 })}</legend>
          <BankChoice
            label={t("bank")}
            value={payer.bank === "" ? null : payer.bank}
            onChange={(bank) => replace(at, { bank, account: null })}
            isDisabled={isDisabled}
            problem={tried && payer.bank === "" ? t("bankMissing") : null}
          />
          <AccountPicker
            label={t("payerAccount")}
            bank={payer.bank === "" ? null : payer.bank}
            picked={payer.account}
            onPick={(account) => replace(at, { account })}
            problem={tried && payer.account === null ? t("accountMissing") : null}
            isDisabled={isDisabled}
          />
          <MoneyField
            label={t("alsoAmount")}
            text={payer.amount}
            onText={(amount) => replace(at, { amount })}
            showProblems={tried}
            isDisabled={isDisabled}
          />
          <div>
            <Button
              variant="ghost"
              size="sm"
              isDisabled={isDisabled}
              onPress={() => change({ also: value.also.filter((_, index) => index !== at) })}
            >
              {t("removePayer", { n: at + 2 })}
            </Button>
          </div>
        </fieldset>
      ))}
      {value.also.length < MOST && (
        <div>
          <Button
            variant="outline"
            size="sm"
            isDisabled={isDisabled}
            onPress={() =>
              change({ also: [...value.also, { bank: "", account: null, amount: "" }] })
            }
          >
            {t("addPayer")}
          </Button>
        </div>
      )}
    </>
  );
}
