import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf } from "../program/leaf.ts";
import { answerClaim, cancelClaim, listClaims, openClaim } from "./agreements/claims.ts";
import {
  answerMandate,
  cancelMandate,
  chargeMandate,
  listMandates,
  type MandateOptions,
  proposeMandate,
} from "./agreements/mandates.ts";
import {
  answerRequest,
  declineRequest,
  listRequests,
  type RequestOptions,
  sendRequest,
} from "./agreements/requests.ts";
import {
  decideReturn,
  listReturnHolds,
  listReturns,
  reportReturn,
  showReturn,
} from "./agreements/returns.ts";
import {
  cancelSchedule,
  createSchedule,
  listSchedules,
  type ScheduleOptions,
} from "./agreements/schedules.ts";
import type { Keyed } from "./change.ts";
import { raceKeys, type RaceOptions } from "./race-keys.ts";

/** `pacto pix claim …`. */
export function claims({ texts }: Language): Leaf[] {
  const says = texts.pix.agreements;
  const reference = [["<BANK/ID>", says.id]] as const;
  const answers = (["confirm", "complete"] as const).map((name) =>
    leaf({
      name,
      summary: says.claim[name],
      arguments: reference,
      options: [keyOption(texts)],
      run: (session, [id = ""], given: Keyed) => answerClaim(session, [id, name], given),
    }),
  );
  return [
    leaf({
      name: "open",
      summary: says.claim.open,
      arguments: [
        ["<BANK/ACCOUNT>", texts.pix.account],
        ["<KEY>", texts.pix.pixKey],
      ],
      options: [keyOption(texts)],
      run: (session, [account = "", key = ""], given: Keyed) =>
        openClaim(session, [account, key], given),
    }),
    ...answers,
    leaf({
      name: "cancel",
      summary: says.claim.cancel,
      arguments: reference,
      options: [
        ["--side <side>", says.claimSide, "mandatory"],
        ["--fraud", says.fraud],
        keyOption(texts),
      ],
      run: (session, [id = ""], given: Keyed) => cancelClaim(session, id, given),
    }),
    {
      name: "list",
      summary: says.claim.list,
      arguments: [["<BANK>", texts.pix.bank]],
      run: (session, [bank = ""]) => listClaims(session, bank),
    },
  ];
}

/** `pacto pix schedule …`. */
export function schedules({ texts }: Language): Leaf[] {
  const says = texts.pix.agreements;
  return [
    leaf({
      name: "create",
      summary: says.schedule.create,
      arguments: [
        ["<BANK/ACCOUNT>", texts.pix.payer],
        ["<KEY|BANK/ACCOUNT>", says.target],
        ["<AMOUNT>", texts.pix.amount],
      ],
      options: [
        ["--on <date>", says.date, "mandatory"],
        ["--every <period>", says.every],
        ["--times <n>", says.times],
        ["--description <text>", texts.pix.options.description],
        keyOption(texts),
      ],
      run: (session, [payer = "", target = "", amount = ""], given: ScheduleOptions) =>
        createSchedule(session, [payer, target, amount], given),
    }),
    leaf({
      name: "cancel",
      summary: says.schedule.cancel,
      arguments: [["<BANK/ID>", says.id]],
      options: [keyOption(texts)],
      run: (session, [id = ""], given: Keyed) => cancelSchedule(session, id, given),
    }),
    {
      name: "list",
      summary: says.schedule.list,
      arguments: [["<BANK>", texts.pix.bank]],
      run: (session, [bank = ""]) => listSchedules(session, bank),
    },
  ];
}

/** `pacto pix mandate …`. */
export function mandates({ texts }: Language): Leaf[] {
  const says = texts.pix.agreements;
  const reference = [["<BANK/ID>", says.id]] as const;
  const answers = (["accept", "reject"] as const).map((name) =>
    leaf({
      name,
      summary: says.mandate[name],
      arguments: reference,
      options: [keyOption(texts)],
      run: (session, [id = ""], given: Keyed) => answerMandate(session, [id, name], given),
    }),
  );
  return [
    leaf({
      name: "propose",
      summary: says.mandate.propose,
      arguments: [
        ["<BANK/ACCOUNT>", says.receiver],
        ["<PAYER>", texts.pix.payer],
      ],
      options: [
        ["--fixed <amount>", says.fixed],
        ["--ceiling <amount>", says.ceiling],
        ["--every <period>", says.every],
        ["--from <date>", says.date, "mandatory"],
        ["--until <date>", says.until],
        ["--description <text>", texts.pix.options.description],
        keyOption(texts),
      ],
      run: (session, [receiver = "", payer = ""], given: MandateOptions) =>
        proposeMandate(session, [receiver, payer], given),
    }),
    ...answers,
    leaf({
      name: "charge",
      summary: says.mandate.charge,
      arguments: [...reference, ["<AMOUNT>", texts.pix.amount]],
      options: [["--on <date>", says.date, "mandatory"], keyOption(texts)],
      run: (session, [id = "", amount = ""], given: Keyed & { readonly on: string }) =>
        chargeMandate(session, [id, amount], given),
    }),
    leaf({
      name: "cancel",
      summary: says.mandate.cancel,
      arguments: reference,
      options: [["--side <side>", says.mandateSide, "mandatory"], keyOption(texts)],
      run: (session, [id = ""], given: Keyed) => cancelMandate(session, id, given),
    }),
    {
      name: "list",
      summary: says.mandate.list,
      arguments: [["<BANK>", texts.pix.bank]],
      run: (session, [bank = ""]) => listMandates(session, bank),
    },
  ];
}

/** `pacto pix request …`. */
export function requests({ texts }: Language): Leaf[] {
  const says = texts.pix.agreements;
  const reference = [["<BANK/ID>", says.id]] as const;
  const answers = (["accept", "cancel"] as const).map((name) =>
    leaf({
      name,
      summary: says.request[name],
      arguments: reference,
      options: [keyOption(texts)],
      run: (session, [id = ""], given: Keyed) => answerRequest(session, [id, name], given),
    }),
  );
  return [
    leaf({
      name: "send",
      summary: says.request.send,
      arguments: [
        ["<BANK/ACCOUNT>", says.receiver],
        ["<KEY|BANK/ACCOUNT>", says.asked],
        ["<AMOUNT>", texts.pix.amount],
      ],
      options: [
        ["--description <text>", texts.pix.options.description],
        ["--days <n>", says.days],
        keyOption(texts),
      ],
      run: (session, [account = "", payer = "", amount = ""], given: RequestOptions) =>
        sendRequest(session, [account, payer, amount], given),
    }),
    ...answers,
    leaf({
      name: "decline",
      summary: says.request.decline,
      arguments: reference,
      options: [["--reason <text>", says.reason], keyOption(texts)],
      run: (session, [id = ""], given: Keyed) => declineRequest(session, id, given),
    }),
    {
      name: "list",
      summary: says.request.list,
      arguments: [["<BANK>", texts.pix.bank]],
      run: (session, [bank = ""]) => listRequests(session, bank),
    },
  ];
}

/** `pacto pix return …`. */
export function returns({ texts }: Language): Leaf[] {
  const says = texts.pix.agreements;
  const reference = [["<BANK/ID>", says.id]] as const;
  const decisions = (["accept", "reject"] as const).map((name) =>
    leaf({
      name,
      summary: says.return[name],
      arguments: reference,
      options: [["--note <text>", says.note, "mandatory"], keyOption(texts)],
      run: (session, [id = ""], given: Keyed & { readonly note: string }) =>
        decideReturn(session, [id, name], given),
    }),
  );
  return [
    leaf({
      name: "report",
      summary: says.return.report,
      arguments: [
        ["<BANK/ACCOUNT>", texts.pix.payer],
        ["<E2E>", says.endToEndId],
      ],
      options: [
        ["--why <text>", says.why, "mandatory"],
        ["--operational", says.operational],
        keyOption(texts),
      ],
      run: (session, [account = "", id = ""], given: Keyed & { readonly why: string }) =>
        reportReturn(session, [account, id], given),
    }),
    ...decisions,
    {
      name: "show",
      summary: says.return.show,
      arguments: reference,
      run: (session, [id = ""]) => showReturn(session, id),
    },
    {
      name: "list",
      summary: says.return.list,
      arguments: [["<BANK>", texts.pix.bank]],
      run: (session, [bank = ""]) => listReturns(session, bank),
    },
    {
      name: "holds",
      summary: says.return.holds,
      arguments: [["<BANK>", texts.pix.bank]],
      run: (session, [bank = ""]) => listReturnHolds(session, bank),
    },
  ];
}

/** `pacto pix races`. */
export function races({ texts }: Language): Leaf[] {
  const says = texts.pix.agreements;
  return [
    leaf({
      name: "races",
      summary: says.races.summary,
      options: [
        ["--races <n>", says.races.count],
        ["--seed <n>", says.races.seed],
      ],
      run: (session, _, given: RaceOptions) => raceKeys(session, given),
    }),
  ];
}
