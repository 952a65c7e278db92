"use client";
import type { ChargeSummary, ConfirmedPix } from "@pacto/contract";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Notice } from "../../components/notice.tsx";
import { useMoney } from "../../i18n/money.ts";
import type { PixDraft } from "./send-draft.ts";

/** Who is paid and what, read out to the payer before anything is sent. */
export function SendConfirmation(props: {
  readonly draft: PixDraft;
  readonly confirmed: ConfirmedPix;
  readonly totalCentavos: number;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { confirmed, totalCentavos, draft } = props;
  const { payee, charge } = confirmed;
  const t = useTranslations("pix");
  const money = useMoney();
  const bank = useMember(payee.bank);
  const description = draft.note === "" ? confirmed.description : draft.note;
  return (
    <ConfirmDialog
      isOpen
      title={t("confirmTitle")}
      confirmText={t("doSend", { amount: money(totalCentavos) })}
      cancelText={t("back")}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <div className="flex flex-col gap-3">
        {payee.isFirstPayment && <Notice tone="caution">{t("firstPayment")}</Notice>}
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 [&>dd]:text-right [&>dt]:text-muted">
          <dt>{t("amount")}</dt>
          <dd className="num text-base font-semibold">{money(totalCentavos)}</dd>
          {draft.also.length > 0 && (
            <>
              <dt>{t("payers")}</dt>
              <dd className="num">
                {[draft, ...draft.also].map(({ account }) => account?.number ?? "").join(", ")}
              </dd>
            </>
          )}
          <dt>{t("payee")}</dt>
          <dd>{payee.nameMasked}</dd>
          <dt>{t("taxId")}</dt>
          <dd className="num">{payee.taxIdMasked}</dd>
          <dt>{t("payeeBank")}</dt>
          <dd>{bank && <BankName bank={bank} />}</dd>
          <dt>{t("payeeAccount")}</dt>
          <dd className="num">
            {payee.agency} / {payee.account}
          </dd>
          {payee.key !== null && (
            <>
              <dt>{t("key")}</dt>
              <dd className="break-all">{payee.key}</dd>
            </>
          )}
          {charge !== null && <ChargeFacts charge={charge} />}
          {description !== "" && (
            <>
              <dt>{t("note")}</dt>
              <dd>{description}</dd>
            </>
          )}
        </dl>
      </div>
    </ConfirmDialog>
  );
}

/** What of a charge's amount is fine, interest or discount. */
function ChargeFacts({ charge }: { readonly charge: ChargeSummary }) {
  const t = useTranslations("pix");
  const money = useMoney();
  const format = useFormatter();
  return (
    <>
      {charge.dueOn !== null && (
        <>
          <dt>{t("dueOn")}</dt>
          <dd>{format.dateTime(new Date(`${charge.dueOn}T12:00:00Z`), { dateStyle: "short" })}</dd>
        </>
      )}
      {charge.due.fineCentavos + charge.due.interestCentavos > 0 && (
        <>
          <dt>{t("fineAndInterest")}</dt>
          <dd className="num">{money(charge.due.fineCentavos + charge.due.interestCentavos)}</dd>
        </>
      )}
      {charge.due.discountCentavos + charge.due.rebateCentavos > 0 && (
        <>
          <dt>{t("discounts")}</dt>
          <dd className="num">−{money(charge.due.discountCentavos + charge.due.rebateCentavos)}</dd>
        </>
      )}
    </>
  );
}
