"use client";
import type { ApprovalRequest } from "@pacto/contract";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Summary } from "../../components/summary.tsx";
import { useMoney } from "../../i18n/money.ts";

type Facts = (readonly [label: string, fact: ReactNode])[];
type Translate = ReturnType<typeof useTranslations<"approvals.facts">>;

/** What exactly is asked for, as it will be done: every field that a person decides about. */
export function ApprovalFacts({ request }: { readonly request: ApprovalRequest }) {
  const t = useTranslations("approvals.facts");
  const money = useMoney();
  return <Summary facts={factsOf(request, t, money)} />;
}

function factsOf(
  request: ApprovalRequest,
  t: Translate,
  money: (centavos: number) => string,
): Facts {
  const orNone = (centavos: number | null | undefined) =>
    centavos === null || centavos === undefined ? t("none") : money(centavos);
  switch (request.kind) {
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
