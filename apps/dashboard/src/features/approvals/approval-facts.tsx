"use client";
import type { ApprovalRequest, StaffRole } from "@pacto/contract";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Summary } from "../../components/summary.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";

type Facts = (readonly [label: string, fact: ReactNode])[];
type Kind = ApprovalRequest["kind"];

/** Kind and payload belong together; TypeScript follows that through one index into a mapped type. */
type Payloads = {
  readonly [Each in Kind]: Extract<ApprovalRequest, { kind: Each }>["payload"];
};
type RequestOf<Of extends Kind> = {
  readonly [Each in Of]: { readonly kind: Each; readonly payload: Payloads[Each] };
}[Of];

/** How facts are written in the reader's language. */
interface Words {
  readonly t: ReturnType<typeof useTranslations<"approvals.facts">>;
  readonly money: (centavos: number) => string;
  /** Of parts per million. */
  readonly rate: (ppm: number) => string;
  readonly roles: (roles: readonly StaffRole[]) => string;
}

/** What exactly is asked for, as it will be done: every field that a person decides about. */
export function ApprovalFacts({ request }: { readonly request: ApprovalRequest }) {
  const t = useTranslations("approvals.facts");
  const money = useMoney();
  const { rate } = useDates();
  const says = useTranslations("signIn.roles");
  const roles = (names: readonly StaffRole[]) =>
    names.length === 0 ? t("noRole") : names.map((name) => says(name)).join(", ");
  return <Summary facts={factsOf(request, { t, money, rate, roles })} />;
}

function factsOf<Of extends Kind>(request: RequestOf<Of>, words: Words): Facts {
  const known: (typeof FACTS)[Of] = FACTS[request.kind];
  return known(request.payload, words);
}

function orNone({ t, money }: Words, centavos: number | null | undefined): string {
  return centavos === null || centavos === undefined ? t("none") : money(centavos);
}

const FACTS: { readonly [Each in Kind]: (payload: Payloads[Each], words: Words) => Facts } = {
  "accounts.changeTerms": ({ number, reason, ...terms }, words) => {
    const { overdraftCentavos, ceilingCentavos, signing } = terms;
    const { t, money } = words;
    return [
      [t("account"), number],
      [t("overdraft"), overdraftCentavos === undefined ? "" : money(overdraftCentavos)],
      [t("ceiling"), ceilingCentavos === undefined ? "" : orNone(words, ceilingCentavos)],
      [t("signing"), signing === undefined ? "" : t(`signings.${signing}`)],
      [t("why"), reason],
    ];
  },
  "accounts.close": ({ number, payoutTo, reason }, { t }) => [
    [t("account"), number],
    [t("to"), payoutTo ?? ""],
    [t("why"), reason],
  ],
  "accounts.open": ({ holders, number, ...terms }, words) => [
    [words.t("client"), holders.join(", ")],
    [words.t("account"), number ?? ""],
    [words.t("amount"), words.money(terms.openingDepositCentavos)],
    [words.t("overdraft"), words.money(terms.overdraftCentavos)],
    [words.t("ceiling"), orNone(words, terms.ceilingCentavos)],
  ],
  "accounts.unblock": ({ number, reason }, { t }) => [
    [t("account"), number],
    [t("why"), reason],
  ],
  "approvals.setRules": ({ isRequired, amountFromCentavos }, words) => [
    [words.t("isRequired"), isRequired ? words.t("yes") : words.t("no")],
    [words.t("amountFrom"), orNone(words, amountFromCentavos)],
  ],
  "cash.reverse": ({ postingId, reason }, { t }) => [
    [t("posting"), postingId],
    [t("why"), reason],
  ],
  "cash.withdraw": ({ number, amountCentavos, description }, { t, money }) => [
    [t("account"), number],
    [t("amount"), money(amountCentavos)],
    [t("description"), description],
  ],
  "debits.sign": ({ id }, { t }) => [[t("debit"), id]],
  "keys.change": ({ epoch, manifest }, { t }) => [
    [t("epoch"), epoch],
    [t("manifest"), manifest],
  ],
  "limits.set": ({ owner, terms }, words) => [
    "client" in owner ? [words.t("client"), owner.client] : [words.t("account"), owner.account],
    [words.t("perTransaction"), orNone(words, terms.perTransactionCentavos)],
    [words.t("perDay"), orNone(words, terms.perDayCentavos)],
    [words.t("perNight"), orNone(words, terms.perNightCentavos)],
  ],
  "loans.create": ({ disburseTo, principalCentavos, ratePpm, ratePer, ...plan }, words) => [
    [words.t("account"), disburseTo],
    [words.t("amount"), words.money(principalCentavos)],
    [words.t("rate"), words.t(`ratePer.${ratePer}`, { rate: words.rate(ratePpm) })],
    [words.t("installments"), plan.installments],
    [words.t("firstDueOn"), plan.firstDueOn],
  ],
  "loans.payByTransfer": ({ number, from }, { t }) => [
    [t("loan"), number],
    [t("from"), <Sides key="from" sides={from} />],
  ],
  "pix.refund": ({ endToEndId, amountCentavos, reason, description }, { t, money }) => [
    [t("payment"), endToEndId],
    [t("amount"), money(amountCentavos)],
    [t("why"), reason],
    [t("description"), description],
  ],
  "pix.send": ({ fromAccount, amountCentavos, alsoFrom, expected, ...pix }, { t, money }) => [
    [t("account"), fromAccount],
    [t("amount"), money(amountCentavos)],
    [t("from"), alsoFrom.length === 0 ? "" : <Sides key="from" sides={alsoFrom} />],
    [t("to"), `${expected.bank} ${expected.account}`],
    [t("pixKey"), pix.key ?? ""],
    [t("description"), pix.description],
  ],
  "staff.setRoles": ({ name, from, to }, { t, roles }) => [
    [t("person"), name],
    [t("rolesFrom"), roles(from)],
    [t("rolesTo"), roles(to)],
  ],
  "transfers.create": ({ from, to, purpose }, { t }) => [
    [t("from"), <Sides key="from" sides={from} />],
    [t("to"), <Sides key="to" sides={to} />],
    [t("description"), purpose],
  ],
  "transfers.reverse": ({ id, reason }, { t }) => [
    [t("transfer"), id],
    [t("why"), reason],
  ],
};

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
