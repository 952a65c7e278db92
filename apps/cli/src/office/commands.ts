import type { KeyOption } from "../counter/drawers.ts";
import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf, type OptionSpec, pageOptions } from "../program/leaf.ts";
import {
  applyInterest,
  listRates,
  type PeriodOptions,
  runInterest,
  setRate,
  simulateInterest,
} from "./interest.ts";
import {
  chargeLoans,
  createLoan,
  listLoans,
  loanStatement,
  type LoanTermsOptions,
  payByCheck,
  payByTransfer,
  payOff,
  quoteLoan,
  showLoan,
} from "./loans.ts";
import {
  listSettlements,
  matchDay,
  reportAccount,
  reportDay,
  settle,
  showPositions,
  showSettlement,
  trialBalance,
} from "./reports.ts";
import {
  addWebhook,
  changeWebhook,
  listDeliveries,
  listWebhooks,
  replayWebhook,
  rotateWebhook,
  type WebhookChange,
} from "./webhooks.ts";

/** `--format` and `--out`: a file instead of the screen. */
export function fileOptions({ texts }: Language): readonly OptionSpec[] {
  const { options } = texts.office;
  return [
    ["--format <pdf|csv|ofx|json>", options.format],
    ["--out <file>", options.out],
  ];
}

/** `pacto loan …`. */
export function loanVerbs(language: Language): Leaf[] {
  const { texts } = language;
  const { arguments: args, office: says } = texts;
  const loan = ["<BANK/LOAN>", args.account] as const;
  const amount = ["<AMOUNT>", args.amount] as const;
  const terms: readonly OptionSpec[] = [
    ["--rate <percent>", says.options.rate, "mandatory"],
    ["--per <month|year>", says.options.per],
    ["--times <n>", says.options.times, "mandatory"],
    ["--first <day>", says.options.first, "mandatory"],
    ["--system <price|sac>", says.options.system],
  ];
  return [
    leaf({
      name: "quote",
      summary: says.quote,
      arguments: [["<BANK>", args.bank], amount],
      options: terms,
      run: (session, [bank = "", sum = ""], given: LoanTermsOptions) =>
        quoteLoan(session, [bank, sum], given),
    }),
    leaf({
      name: "create",
      summary: says.createLoan,
      arguments: [["<BANK/ACCOUNT>", args.account], amount],
      options: [...terms, keyOption(texts)],
      run: (session, [reference = "", sum = ""], given: LoanTermsOptions & KeyOption) =>
        createLoan(session, [reference, sum], given),
    }),
    leaf({
      name: "list",
      summary: says.loans,
      arguments: [["<BANK>", args.bank]],
      options: [["--late", says.options.late], ...pageOptions(texts)],
      run: (session, [bank = ""], given) => listLoans(session, bank, given),
    }),
    {
      name: "show",
      summary: says.showLoan,
      arguments: [loan],
      run: (session, [reference = ""]) => showLoan(session, reference),
    },
    ...loanPayments(language),
  ];
}

function loanPayments(language: Language): Leaf[] {
  const { texts } = language;
  const { arguments: args, office: says, options } = texts;
  const loan = ["<BANK/LOAN>", args.account] as const;
  const amount = ["<AMOUNT>", args.amount] as const;
  return [
    leaf({
      name: "pay-check",
      summary: says.payByCheck,
      arguments: [loan, amount],
      options: [
        ["--drawer <name>", says.options.drawer, "mandatory"],
        ["--check <number>", says.options.check, "mandatory"],
        keyOption(texts),
      ],
      run: (
        session,
        [reference = "", sum = ""],
        given: KeyOption & { drawer: string; check: string },
      ) => payByCheck(session, [reference, sum], given),
    }),
    leaf({
      name: "pay",
      summary: says.payByTransfer,
      arguments: [loan],
      options: [
        ["--from <BANK/ACCOUNT:AMOUNT>", options.from, "mandatory-repeated"],
        keyOption(texts),
      ],
      run: (session, [reference = ""], given: KeyOption & { from: readonly string[] }) =>
        payByTransfer(session, reference, given),
    }),
    leaf({
      name: "payoff",
      summary: says.payOff,
      arguments: [loan],
      options: [["--from <BANK/ACCOUNT>", says.options.payer], keyOption(texts)],
      run: (session, [reference = ""], given) => payOff(session, reference, given),
    }),
    leaf({
      name: "statement",
      summary: says.loanStatement,
      arguments: [loan],
      options: fileOptions(language),
      run: (session, [reference = ""], given) => loanStatement(session, reference, given),
    }),
    leaf({
      name: "charge",
      summary: says.chargeLoans,
      arguments: [["<BANK>", args.bank]],
      options: [keyOption(texts)],
      run: (session, [bank = ""], given: KeyOption) => chargeLoans(session, bank, given),
    }),
  ];
}

/** `pacto interest …`. */
export function interestVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, office: says } = texts;
  const bank = ["<BANK>", args.bank] as const;
  const rate = ["--rate <percent>", says.options.rate, "mandatory"] as const;
  const period: readonly OptionSpec[] = [
    ["--from <day>", says.options.from],
    ["--to <day>", says.options.to],
    ["--years <n>", says.options.years],
  ];
  return [
    leaf({
      name: "simulate",
      summary: says.simulate,
      arguments: [bank, ["<AMOUNT>", args.amount]],
      options: [
        rate,
        ...period,
        ["--day-count <rule>", says.options.dayCount],
        ["--simple", says.options.simple],
      ],
      run: (session, [id = "", sum = ""], given: PeriodOptions & { rate: string }) =>
        simulateInterest(session, [id, sum], given),
    }),
    leaf({
      name: "apply",
      summary: says.apply,
      arguments: [["<BANK/ACCOUNT>", args.account]],
      options: [rate, ...period, ["--reason <text>", says.options.reason], keyOption(texts)],
      run: (session, [reference = ""], given: PeriodOptions & KeyOption & { rate: string }) =>
        applyInterest(session, reference, given),
    }),
    {
      name: "rates",
      summary: says.rates,
      arguments: [bank],
      run: (session, [id = ""]) => listRates(session, id),
    },
    leaf({
      name: "set",
      summary: says.setRate,
      arguments: [bank, ["<savings|overdraft>", says.setRate]],
      options: [
        rate,
        ["--since <day>", says.options.since, "mandatory"],
        ["--day-count <rule>", says.options.dayCount],
        keyOption(texts),
      ],
      run: (session, [id = "", kind = ""], given: KeyOption & { rate: string; since: string }) =>
        setRate(session, [id, kind], given),
    }),
    leaf({
      name: "run",
      summary: says.run,
      arguments: [bank, ["<MONTH>", says.month]],
      options: [keyOption(texts)],
      run: (session, [id = "", month = ""], given: KeyOption) =>
        runInterest(session, [id, month], given),
    }),
  ];
}

/** `pacto report …`. */
export function reportVerbs(language: Language): Leaf[] {
  const { texts } = language;
  const { arguments: args, office: says } = texts;
  const bank = ["<BANK>", args.bank] as const;
  const day = ["[DAY]", says.day] as const;
  const files = fileOptions(language);
  return [
    leaf({
      name: "account",
      summary: says.reportAccount,
      arguments: [["<BANK/ACCOUNT>", args.account]],
      options: [["--from <day>", says.options.from], ["--to <day>", says.options.to], ...files],
      run: (session, [reference = ""], given) => reportAccount(session, reference, given),
    }),
    leaf({
      name: "day",
      summary: says.reportDay,
      arguments: [bank, day],
      options: files,
      run: (session, [id = "", on], given) => reportDay(session, [id, on], given),
    }),
    leaf({
      name: "trial",
      summary: says.trial,
      arguments: [bank],
      options: [["--at <instant>", says.options.at], ...files],
      run: (session, [id = ""], given) => trialBalance(session, id, given),
    }),
    {
      name: "positions",
      summary: says.positions,
      arguments: [bank],
      run: (session, [id = ""]) => showPositions(session, id),
    },
    leaf({
      name: "settle",
      summary: says.settle,
      arguments: [bank],
      options: [keyOption(texts)],
      run: (session, [id = ""], given: KeyOption) => settle(session, id, given),
    }),
    {
      name: "settlements",
      summary: says.settlements,
      arguments: [bank],
      run: (session, [id = ""]) => listSettlements(session, id),
    },
    leaf({
      name: "settlement",
      summary: says.settlement,
      arguments: [["<BANK/ID>", says.settlement]],
      options: files,
      run: (session, [reference = ""], given) => showSettlement(session, reference, given),
    }),
    leaf({
      name: "match",
      summary: says.matchDay,
      arguments: [bank, day],
      options: files,
      run: (session, [id = "", on], given) => matchDay(session, [id, on], given),
    }),
  ];
}

/** `pacto webhook …`. */
export function webhookVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, office: says } = texts;
  const bank = ["<BANK>", args.bank] as const;
  const endpoint = ["<BANK/ID>", says.endpoint] as const;
  const changes = (["pause", "resume", "remove"] as const).map((verb: WebhookChange) =>
    leaf({
      name: verb,
      summary: says[verb],
      arguments: [endpoint],
      options: [keyOption(texts)],
      run: (session, [reference = ""], given: KeyOption) =>
        changeWebhook(session, verb, reference, given),
    }),
  );
  return [
    {
      name: "list",
      summary: says.webhooks,
      arguments: [bank],
      run: (session, [id = ""]) => listWebhooks(session, id),
    },
    leaf({
      name: "add",
      summary: says.addWebhook,
      arguments: [bank, ["<URL>", says.url]],
      options: [["--type <type>", says.options.type, "repeated"], keyOption(texts)],
      run: (session, [id = "", url = ""], given: KeyOption) =>
        addWebhook(session, [id, url], given),
    }),
    ...changes,
    leaf({
      name: "secret",
      summary: says.rotate,
      arguments: [endpoint],
      options: [keyOption(texts)],
      run: (session, [reference = ""], given: KeyOption) =>
        rotateWebhook(session, reference, given),
    }),
    leaf({
      name: "replay",
      summary: says.replay,
      arguments: [endpoint, ["<SEQUENCE>", says.replay]],
      options: [keyOption(texts)],
      run: (session, [reference = "", sequence = ""], given: KeyOption) =>
        replayWebhook(session, [reference, sequence], given),
    }),
    leaf({
      name: "deliveries",
      summary: says.deliveries,
      arguments: [endpoint],
      options: pageOptions(texts),
      run: (session, [reference = ""], given) => listDeliveries(session, reference, given),
    }),
  ];
}
