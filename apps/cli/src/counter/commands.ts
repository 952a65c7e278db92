import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf, pageOptions } from "../program/leaf.ts";
import { type AccountChange, changeAccount, type ChangeAccountOptions } from "./accounts.ts";
import { showBalanceAt } from "./accounts.ts";
import { editClient, showClientHistory, showElsewhere } from "./clients.ts";
import { closeDrawer, handOver, type KeyOption, listDrawers } from "./drawers.ts";
import { moveVault, openDrawer } from "./drawers.ts";
import { fetchExport } from "../exports/save-export.ts";
import { setLimits, showLimits } from "./limits.ts";
import { listEntries, listHolders } from "./listings.ts";
import {
  cancelJob,
  cancelPlan,
  createPlan,
  importTransfers,
  listJobs,
  listPlans,
  type PlanOptions,
  reverseTransfer,
  showJob,
} from "./plans.ts";

/** `pacto client edit|history|elsewhere`. */
export function clientVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, counter: says } = texts;
  const client = [["<BANK/CLIENT>", args.client]] as const;
  return [
    leaf({
      name: "edit",
      summary: says.edit,
      arguments: client,
      options: [
        ["--name <name>", says.options.name],
        ["--email <email>", says.options.email],
        ["--phone <number>", says.options.phone],
        ["--status <status>", says.options.status],
        ["--shares <yes|no>", says.options.shares],
        keyOption(texts),
      ],
      run: (session, [reference = ""], given) => editClient(session, reference, given),
    }),
    {
      name: "history",
      summary: says.history,
      arguments: client,
      run: (session, [reference = ""]) => showClientHistory(session, reference),
    },
    {
      name: "elsewhere",
      summary: says.elsewhere,
      arguments: client,
      run: (session, [reference = ""]) => showElsewhere(session, reference),
    },
  ];
}

/** `pacto account block|unblock|close|reopen|terms|balance-at`. */
export function accountVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, counter: says } = texts;
  const account = ["<BANK/ACCOUNT>", args.account] as const;
  const more: Record<AccountChange, Leaf["options"]> = {
    block: [["--what <debits|credits|both>", says.options.what]],
    unblock: [],
    close: [["--payout <account>", says.options.payout]],
    reopen: [],
    terms: [
      ["--ceiling <amount>", says.options.ceiling],
      ["--overdraft <amount>", says.options.overdraft],
      ["--signing <either|both>", says.options.signing],
    ],
  };
  const changes = (Object.keys(more) as AccountChange[]).map((verb) =>
    leaf({
      name: verb,
      summary: says[verb],
      arguments: [account],
      options: [
        ["--reason <text>", says.options.reason, "mandatory"],
        ...(more[verb] ?? []),
        keyOption(texts),
      ],
      run: (session, [reference = ""], given: ChangeAccountOptions) =>
        changeAccount(session, verb, reference, given),
    }),
  );
  return [
    ...changes,
    {
      name: "balance-at",
      summary: says.balanceAt,
      arguments: [account, ["<INSTANT>", says.options.at]],
      run: (session, [reference = "", at = ""]) => showBalanceAt(session, [reference, at]),
    },
  ];
}

/** `pacto drawer open|close|hand-over|list|vault`. */
export function drawerVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, counter: says } = texts;
  const bank = ["<BANK>", args.bank] as const;
  const amount = ["<AMOUNT>", args.amount] as const;
  return [
    leaf({
      name: "open",
      summary: says.openDrawer,
      arguments: [bank],
      options: [["--float <amount>", says.options.float], keyOption(texts)],
      run: (session, [id = ""], given) => openDrawer(session, id, given),
    }),
    leaf({
      name: "close",
      summary: says.closeDrawer,
      arguments: [bank, ["[VALUExPIECES...]", says.closeDrawer]],
      options: [keyOption(texts)],
      run: (session, given, options: KeyOption) => closeDrawer(session, given, options),
    }),
    leaf({
      name: "hand-over",
      summary: says.handOver,
      arguments: [["<BANK/PERSON>", says.options.to], amount],
      options: [keyOption(texts)],
      run: (session, [to = "", sum = ""], given: KeyOption) => handOver(session, [to, sum], given),
    }),
    {
      name: "list",
      summary: says.drawers,
      arguments: [bank],
      run: (session, [id = ""]) => listDrawers(session, id),
    },
    leaf({
      name: "vault",
      summary: says.vault,
      arguments: [bank, ["<in|out>", says.vault], amount],
      options: [["--reason <text>", says.options.reason, "mandatory"], keyOption(texts)],
      run: (session, [id = "", way = "", sum = ""], given: KeyOption & { reason: string }) =>
        moveVault(session, [id, way, sum], given),
    }),
  ];
}

/** `pacto limit show|set`. */
export function limitVerbs({ texts }: Language): Leaf[] {
  const { counter: says } = texts;
  const owner = [["<BANK/OWNER>", says.showLimits]] as const;
  return [
    {
      name: "show",
      summary: says.showLimits,
      arguments: owner,
      run: (session, [reference = ""]) => showLimits(session, reference),
    },
    leaf({
      name: "set",
      summary: says.setLimits,
      arguments: owner,
      options: [
        ["--transaction <amount>", says.options.transaction],
        ["--day <amount>", says.options.day],
        ["--night <amount>", says.options.night],
        keyOption(texts),
      ],
      run: (session, [reference = ""], given) => setLimits(session, reference, given),
    }),
  ];
}

/** `pacto plan create|list|cancel`. */
export function planVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, counter: says, options } = texts;
  return [
    leaf({
      name: "create",
      summary: says.createPlan,
      options: [
        ["--from <BANK/ACCOUNT:AMOUNT>", options.from, "mandatory-repeated"],
        ["--to <BANK/ACCOUNT[:AMOUNT]>", options.to, "mandatory-repeated"],
        ["--at <instant>", says.options.at, "mandatory"],
        ["--every <period>", says.options.every],
        ["--times <n>", says.options.times],
        ["--retry <minutes>", says.options.retry],
        ["--purpose <text>", options.purpose],
        ["--coordinator <BANK>", options.coordinator],
        keyOption(texts),
      ],
      run: (session, _, given: PlanOptions) => createPlan(session, given),
    }),
    {
      name: "list",
      summary: says.plans,
      arguments: [["<BANK>", args.bank]],
      run: (session, [id = ""]) => listPlans(session, id),
    },
    leaf({
      name: "cancel",
      summary: says.cancelPlan,
      arguments: [["<BANK/ID>", says.options.id]],
      options: [keyOption(texts)],
      run: (session, [reference = ""], given: KeyOption) => cancelPlan(session, reference, given),
    }),
  ];
}

/** `pacto job list|show|fetch|cancel`. */
export function jobVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, counter: says } = texts;
  const job = [["<BANK/ID>", says.options.id]] as const;
  return [
    {
      name: "list",
      summary: says.jobs,
      arguments: [["<BANK>", args.bank]],
      run: (session, [id = ""]) => listJobs(session, id),
    },
    {
      name: "show",
      summary: says.showJob,
      arguments: job,
      run: (session, [reference = ""]) => showJob(session, reference),
    },
    leaf({
      name: "fetch",
      summary: says.fetchJob,
      arguments: job,
      options: [["--out <file>", texts.office.options.out]],
      run: (session, [reference = ""], given) => fetchExport(session, reference, given),
    }),
    leaf({
      name: "cancel",
      summary: says.cancelJob,
      arguments: job,
      options: [keyOption(texts)],
      run: (session, [reference = ""], given: KeyOption) => cancelJob(session, reference, given),
    }),
  ];
}

/** `pacto tx reverse`. */
export function reversal({ texts }: Language): Leaf {
  const { counter: says } = texts;
  return leaf({
    name: "reverse",
    summary: says.reverse,
    arguments: [["<BANK/ID>", says.options.id]],
    options: [["--reason <text>", says.options.reason, "mandatory"], keyOption(texts)],
    run: (session, [reference = ""], given: KeyOption & { reason: string }) =>
      reverseTransfer(session, reference, given),
  });
}

/** `pacto import`, `pacto holders` and `pacto entries`. */
export function bulkVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, counter: says, options } = texts;
  const bank = ["<BANK>", args.bank] as const;
  const listing = [
    ["--search <text>", options.search] as const,
    ["--csv <file>", says.options.csv] as const,
    ...pageOptions(texts),
  ];
  return [
    leaf({
      name: "import",
      summary: says.import,
      arguments: [bank, ["<FILE>", says.import]],
      options: [
        ["--preview", says.options.preview],
        ["--skip", says.options.skip],
        keyOption(texts),
      ],
      run: (session, [id = "", path = ""], given) => importTransfers(session, [id, path], given),
    }),
    leaf({
      name: "holders",
      summary: says.holders,
      arguments: [bank],
      options: listing,
      run: (session, [id = ""], given) => listHolders(session, id, given),
    }),
    leaf({
      name: "entries",
      summary: says.entries,
      arguments: [bank],
      options: listing,
      run: (session, [id = ""], given) => listEntries(session, id, given),
    }),
  ];
}
