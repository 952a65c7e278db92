import type { Command } from "commander";
import { listAccounts } from "../accounts/list-accounts.ts";
import { openAccount, type OpenAccountOptions } from "../accounts/open-account.ts";
import { showAccount, showBalance } from "../accounts/show-account.ts";
import { showStatement } from "../accounts/show-statement.ts";
import { approvalVerbs } from "../approvals/commands.ts";
import { auditVerbs } from "../audit/commands.ts";
import { listBanks } from "../banks/list-banks.ts";
import { bench } from "../bench/bench.ts";
import { moveCash } from "../cash/move-cash.ts";
import { disasters } from "../chaos/commands.ts";
import { createClient, type CreateClientOptions } from "../clients/create-client.ts";
import { listClients } from "../clients/list-clients.ts";
import { showClient } from "../clients/show-client.ts";
import {
  accountVerbs,
  bulkVerbs,
  clientVerbs,
  drawerVerbs,
  jobVerbs,
  limitVerbs,
  planVerbs,
  reversal,
} from "../counter/commands.ts";
import { fuzzing, keyVerbs } from "../keys/commands.ts";
import { check, type CheckOptions } from "../laws/check.ts";
import { doctor } from "../doctor/doctor.ts";
import type { Language } from "../language/language.ts";
import { copies, heuristics, service } from "../operations/commands.ts";
import { listInDoubt } from "../operations/list-in-doubt.ts";
import {
  claims,
  mandates,
  races,
  requests,
  returns,
  schedules,
} from "../pix/agreement-commands.ts";
import { charges, pixWebhooks, refunds } from "../pix/charge-commands.ts";
import { brCodes, payments, pixKeys } from "../pix/commands.ts";
import { controlBank, type ProgramVerb } from "../programs/control-bank.ts";
import { receipts, verification } from "../receipts/commands.ts";
import { signIns } from "../sign-in/commands.ts";
import { staffVerbs } from "../staff/commands.ts";
import { completion, script } from "../script/commands.ts";
import { simulations } from "../simulate/commands.ts";
import { listTransfers } from "../transfers/list-transfers.ts";
import { showTransfer } from "../transfers/show-transfer.ts";
import { transfer, type TransferOptions } from "../transfers/transfer.ts";
import {
  fileOptions,
  interestVerbs,
  loanVerbs,
  reportVerbs,
  webhookVerbs,
} from "../office/commands.ts";
import { addGroup, addLeaf, keyOption, leaf, type Leaf, pageOptions, type Run } from "./leaf.ts";

/** Every command, in the order in which help shows them. */
export function addCommands(program: Command, language: Language, run: Run): void {
  const { commands } = language.texts;
  const add = (parent: Command, leaves: readonly Leaf[]) => {
    for (const leaf of leaves) addLeaf(parent, leaf, language, run);
  };
  add(program, [banks(language)]);
  add(addGroup(program, "client", commands.client), [
    ...clients(language),
    ...clientVerbs(language),
  ]);
  add(addGroup(program, "account", commands.account), [
    ...accounts(language),
    ...accountVerbs(language),
  ]);
  add(program, [
    ...cash(language),
    ...readings(language),
    moving(language),
    ...bulkVerbs(language),
  ]);
  add(addGroup(program, "tx", commands.tx), [
    ...transfers(language),
    receipts(language),
    reversal(language),
  ]);
  add(addGroup(program, "approval", language.texts.approvals.group), approvalVerbs(language));
  add(addGroup(program, "audit", language.texts.audit.group), auditVerbs(language));
  const { groups } = language.texts.counter;
  add(addGroup(program, "drawer", groups.drawer), drawerVerbs(language));
  add(addGroup(program, "limit", groups.limit), limitVerbs(language));
  add(addGroup(program, "plan", groups.plan), planVerbs(language));
  add(addGroup(program, "job", groups.job), jobVerbs(language));
  const { groups: office } = language.texts.office;
  add(addGroup(program, "loan", office.loan), loanVerbs(language));
  add(addGroup(program, "interest", office.interest), interestVerbs(language));
  add(addGroup(program, "report", office.report), reportVerbs(language));
  add(addGroup(program, "webhook", office.webhook), webhookVerbs(language));
  add(program, [script(language), completion(language, program), verification(language)]);
  const pix = addGroup(program, "pix", language.texts.pix.pix);
  add(pix, [...payments(language), ...refunds(language)]);
  add(addGroup(pix, "key", language.texts.pix.key), pixKeys(language));
  add(addGroup(pix, "brcode", language.texts.pix.brcode), brCodes(language));
  const { agreements, charges: charging, webhooks } = language.texts.pix;
  add(addGroup(pix, "charge", charging.group), charges(language));
  add(addGroup(pix, "webhook", webhooks.group), pixWebhooks(language));
  add(addGroup(pix, "claim", agreements.claimGroup), claims(language));
  add(addGroup(pix, "schedule", agreements.scheduleGroup), schedules(language));
  add(addGroup(pix, "mandate", agreements.mandateGroup), mandates(language));
  add(addGroup(pix, "request", agreements.requestGroup), requests(language));
  add(addGroup(pix, "return", agreements.returnGroup), returns(language));
  add(pix, races(language));
  add(program, [signIns(language)]);
  add(addGroup(program, "staff", language.texts.staff.group), staffVerbs(language));
  add(program, operating(language));
  add(addGroup(program, "bank", commands.bank), [...programs(language), ...service(language)]);
  add(addGroup(program, "heuristic", language.texts.operations.heuristic), heuristics(language));
  const { backup, list, restore } = copies(language);
  add(addLeaf(program, backup, language, run), [list]);
  add(program, [restore]);
  add(program, simulations(language));
  add(program, disasters(language));
  add(program, [fuzzing(language), measuring(language)]);
  add(addGroup(program, "keys", language.texts.keys.group), keyVerbs(language));
}

function banks({ texts: { commands } }: Language): Leaf {
  return { name: "banks", summary: commands.banks, run: (session) => listBanks(session) };
}

function clients({ texts }: Language): Leaf[] {
  const { arguments: args, commands, options } = texts;
  return [
    leaf({
      name: "create",
      summary: commands.clientCreate,
      arguments: [["<BANK>", args.bank]],
      options: [
        ["--name <name>", options.name, "mandatory"],
        ["--tax-id <cpf|cnpj>", options.taxId, "mandatory"],
        ["--email <address>", options.email],
        ["--phone <number>", options.phone],
        keyOption(texts),
      ],
      run: (session, [bank = ""], given: CreateClientOptions) => createClient(session, bank, given),
    }),
    {
      name: "list",
      summary: commands.clientList,
      arguments: [["[BANK]", args.optionalBank]],
      options: [["--search <text>", options.search], ...pageOptions(texts)],
      run: (session, [bank], given) => listClients(session, bank, given),
    },
    {
      name: "show",
      summary: commands.clientShow,
      arguments: [["<BANK/CLIENT>", args.client]],
      run: (session, [reference = ""]) => showClient(session, reference),
    },
  ];
}

function accounts({ texts }: Language): Leaf[] {
  const { arguments: args, commands, options } = texts;
  return [
    leaf({
      name: "open",
      summary: commands.accountOpen,
      arguments: [["<BANK>", args.bank]],
      options: [
        ["--holder <client>", options.holder, "mandatory-repeated"],
        ["--kind <kind>", options.kind],
        ["--deposit <amount>", options.openingDeposit],
        ["--ceiling <amount>", options.ceiling],
        ["--overdraft <amount>", options.overdraft],
        ["--agency <0001>", options.agency],
        ["--number <12345-6>", options.number],
        ["--signing <either|both>", texts.counter.options.signing],
        keyOption(texts),
      ],
      run: (session, [bank = ""], given: OpenAccountOptions) => openAccount(session, bank, given),
    }),
    {
      name: "list",
      summary: commands.accountList,
      arguments: [["[BANK]", args.optionalBank]],
      options: [
        ["--search <text>", options.search],
        ["--client <client>", options.clientFilter],
        ...pageOptions(texts),
      ],
      run: (session, [bank], given) => listAccounts(session, bank, given),
    },
    {
      name: "show",
      summary: commands.accountShow,
      arguments: [["<BANK/ACCOUNT>", args.account]],
      run: (session, [reference = ""]) => showAccount(session, reference),
    },
  ];
}

function cash({ texts }: Language): Leaf[] {
  const { arguments: args, commands, options } = texts;
  return (["deposit", "withdraw"] as const).map((name) => ({
    name,
    summary: commands[name],
    arguments: [
      ["<BANK/ACCOUNT>", args.account],
      ["<AMOUNT>", args.amount],
    ],
    options: [["--description <text>", options.description], keyOption(texts)],
    run: (session, [reference = "", amount = ""], given) =>
      moveCash(session, name, [reference, amount], given),
  }));
}

function readings(language: Language): Leaf[] {
  const { texts } = language;
  const { arguments: args, commands, office } = texts;
  return [
    {
      name: "balance",
      summary: commands.balance,
      arguments: [["<BANK/ACCOUNT>", args.account]],
      run: (session, [reference = ""]) => showBalance(session, reference),
    },
    {
      name: "statement",
      summary: commands.statement,
      arguments: [["<BANK/ACCOUNT>", args.account]],
      options: [
        ["--from <day>", office.options.from],
        ["--to <day>", office.options.to],
        ["--kind <kind>", office.options.kind],
        ["--min <amount>", office.options.minimum],
        ["--max <amount>", office.options.maximum],
        ["--text <text>", office.options.text],
        ...fileOptions(language),
        ...pageOptions(texts),
      ],
      run: (session, [reference = ""], given) => showStatement(session, reference, given),
    },
  ];
}

function moving({ texts }: Language): Leaf {
  const { commands, options } = texts;
  return leaf({
    name: "transfer",
    summary: commands.transfer,
    options: [
      ["--from <BANK/ACCOUNT:AMOUNT>", options.from, "mandatory-repeated"],
      ["--to <BANK/ACCOUNT[:AMOUNT]>", options.to, "mandatory-repeated"],
      ["--coordinator <BANK>", options.coordinator],
      ["--purpose <text>", options.purpose],
      ["--wait <seconds>", options.wait],
      ["--preview", options.preview],
      keyOption(texts),
    ],
    run: (session, _, given: TransferOptions) => transfer(session, given),
  });
}

function transfers({ texts }: Language): Leaf[] {
  const { arguments: args, commands, options } = texts;
  return [
    {
      name: "show",
      summary: commands.txShow,
      arguments: [["<ID>", args.transaction]],
      run: (session, [reference = ""]) => showTransfer(session, reference),
    },
    {
      name: "list",
      summary: commands.txList,
      arguments: [["[BANK]", args.optionalBank]],
      options: [
        ["--open", options.open],
        ["--account <BANK/ACCOUNT>", options.accountFilter],
        ...pageOptions(texts),
      ],
      run: (session, [bank], given) => listTransfers(session, bank, given),
    },
  ];
}

function operating({ texts }: Language): Leaf[] {
  const { arguments: args, commands, options } = texts;
  return [
    {
      name: "in-doubt",
      summary: commands.inDoubt,
      arguments: [["[BANK]", args.optionalBank]],
      run: (session, [bank]) => listInDoubt(session, bank),
    },
    leaf({
      name: "check",
      summary: commands.check,
      options: [["--at-rest", options.atRest]],
      run: (session, _, given: CheckOptions) => check(session, given),
    }),
    {
      name: "doctor",
      summary: texts.doctor.summary,
      arguments: [["[BANK]", args.optionalBank]],
      run: (session, [bank]) => doctor(session, bank),
    },
  ];
}

function programs({ texts: { arguments: args, commands } }: Language): Leaf[] {
  const verbs: readonly (readonly [ProgramVerb, string])[] = [
    ["stop", commands.bankStop],
    ["start", commands.bankStart],
    ["kill", commands.bankKill],
    ["pause", commands.bankPause],
  ];
  return verbs.map(([verb, summary]) => ({
    name: verb,
    summary,
    arguments: [["<BANK>", args.bank]],
    run: (session, [bank = ""]) => controlBank(session, verb, bank),
  }));
}

function measuring({ texts: { commands, options } }: Language): Leaf {
  return {
    name: "bench",
    summary: commands.bench,
    options: [
      ["--quick", options.quick],
      ["--works <list>", options.works],
      ["--rounds <n>", options.rounds],
      ["--save <name>", options.saveBench],
    ],
    run: (session, _, given) => bench(session, given),
  };
}
