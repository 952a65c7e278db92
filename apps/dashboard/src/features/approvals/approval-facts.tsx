"use client";
import type { ApprovalRequest } from "@pacto/contract";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";

type Facts = (readonly [label: string, fact: ReactNode])[];
type Translate = ReturnType<typeof useTranslations<"approvals.facts">>;

/** What exactly is asked for, as it will be done: every field that a person decides about. */
export function ApprovalFacts({ request }: { readonly request: ApprovalRequest }) {
  const t = useTranslations("approvals.facts");
  const money = useMoney();
  const { rate } = useDates();
  return <Summary facts={factsOf(request, t, { money, rate })} />;
}

interface Written {
  readonly money: (centavos: number) => string;
  /** Of parts per million. */
  readonly rate: (ppm: number) => string;
}

function factsOf(request: ApprovalRequest, t: Translate, { money, rate }: Written): Facts {
  const orNone = (centavos: number | null | undefined) =>
    centavos === null || centavos === undefined ? t("none") : money(centavos);
  switch (request.kind) {
    case "accounts.close":
      return [
        [t("account"), request.payload.number],
        [t("to"), request.payload.payoutTo ?? ""],
        [t("why"), request.payload.reason],
      ];
    case "accounts.open": {
      const { holders, openingDepositCentavos, overdraftCentavos, ceilingCentavos, number } =
        request.payload;
      return [
        [t("client"), holders.join(", ")],
        [t("account"), number ?? ""],
        [t("amount"), money(openingDepositCentavos)],
        [t("overdraft"), money(overdraftCentavos)],
        [t("ceiling"), orNone(ceilingCentavos)],
      ];
    }
    case "accounts.unblock":
      return [
        [t("account"), request.payload.number],
        [t("why"), request.payload.reason],
      ];
    case "accounts.changeTerms": {
      const { number, overdraftCentavos, ceilingCentavos, signing, reason } = request.payload;
      return [
        [t("account"), number],
        [t("overdraft"), overdraftCentavos === undefined ? "" : money(overdraftCentavos)],
        [t("ceiling"), ceilingCentavos === undefined ? "" : orNone(ceilingCentavos)],
        [t("signing"), signing === undefined ? "" : t(`signings.${signing}`)],
        [t("why"), reason],
      ];
    }
    case "approvals.setRules":
      return [
        [t("isRequired"), request.payload.isRequired ? t("yes") : t("no")],
        [t("amountFrom"), orNone(request.payload.amountFromCentavos)],
      ];
    case "cash.reverse":
      return [
        [t("posting"), request.payload.postingId],
        [t("why"), request.payload.reason],
      ];
    case "cash.withdraw":
      return [
        [t("account"), request.payload.number],
        [t("amount"), money(request.payload.amountCentavos)],
        [t("description"), request.payload.description],
      ];
    case "debits.sign":
      return [[t("debit"), request.payload.id]];
    case "limits.set": {
      const { owner, terms } = request.payload;
      return [
        "client" in owner ? [t("client"), owner.client] : [t("account"), owner.account],
        [t("perTransaction"), orNone(terms.perTransactionCentavos)],
        [t("perDay"), orNone(terms.perDayCentavos)],
        [t("perNight"), orNone(terms.perNightCentavos)],
      ];
    }
    case "loans.create": {
      const { disburseTo, principalCentavos, installments, firstDueOn, ratePpm, ratePer } =
        request.payload;
      return [
        [t("account"), disburseTo],
        [t("amount"), money(principalCentavos)],
        [t("rate"), t(`ratePer.${ratePer}`, { rate: rate(ratePpm) })],
        [t("installments"), installments],
        [t("firstDueOn"), firstDueOn],
      ];
    }
    case "loans.payByTransfer":
      return [
        [t("loan"), request.payload.number],
        [t("from"), <Sides key="from" sides={request.payload.from} />],
      ];
    case "pix.refund":
      return [
        [t("payment"), request.payload.endToEndId],
        [t("amount"), money(request.payload.amountCentavos)],
        [t("why"), request.payload.reason],
        [t("description"), request.payload.description],
      ];
    case "pix.send": {
      const { fromAccount, amountCentavos, alsoFrom, expected, key, description } = request.payload;
      return [
        [t("account"), fromAccount],
        [t("amount"), money(amountCentavos)],
        ...(alsoFrom.length === 0
          ? []
          : ([[t("from"), <Sides key="from" sides={alsoFrom} />]] as const)),
        [t("to"), `${expected.bank} ${expected.account}`],
        [t("pixKey"), key ?? ""],
        [t("description"), description],
      ];
    }
    case "transfers.create":
      return [
        [t("from"), <Sides key="from" sides={request.payload.from} />],
        [t("to"), <Sides key="to" sides={request.payload.to} />],
        [t("description"), request.payload.purpose],
      ];
    case "transfers.reverse":
      return [
        [t("transfer"), request.payload.id],
        [t("why"), request.payload.reason],
      ];
  }
}

interface Side {
  readonly bank: string;
  readonly account: string;
  readonly amountCentavos: number;
}

function Sides({ sides }: { readonly sides: readonly Side[] }) {
  const money = useMoney();
  return (
    <span className="flex flex-col">
      {sides.map(({ bank, account, amountCentavos }) => (
        <span key={`${bank}/${account}`}>{`${bank} ${account}: ${money(amountCentavos)}`}</span>
      ))}
    </span>
  );
}
