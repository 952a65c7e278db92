import type { Language } from "../language/language.ts";
import { fileOptions } from "../office/commands.ts";
import type { FileOptions } from "../office/files.ts";
import { keyOption, leaf, type Leaf, type OptionSpec } from "../program/leaf.ts";
import type { Keyed } from "./change.ts";
import type { TermOptions } from "./charge-terms.ts";
import {
  changeCharge,
  createCharge,
  type CreateChargeOptions,
  listCharges,
  type ListChargesOptions,
  removeCharge,
  showCharge,
} from "./charges.ts";
import type { QrOptions } from "./qr.ts";
import { refundPix, type RefundOptions, showPix } from "./refunds.ts";
import { listWebhooks, removeWebhook, setWebhook } from "./webhooks.ts";

/** Options that draw a code. */
export function qrOptions({ texts }: Language): readonly OptionSpec[] {
  const says = texts.pix.qr;
  return [
    ["--qr", says.draw],
    ["--svg <file>", says.svg],
  ];
}

function termOptions({ texts }: Language): readonly OptionSpec[] {
  const says = texts.pix.charges;
  return [
    ["--due <date>", says.due],
    ["--days <n>", says.days],
    ["--expires <seconds>", says.expires],
    ["--fine <value>", says.fine],
    ["--interest <value>", says.interest],
    ["--rebate <value>", says.rebate],
    ["--discount <value>", says.discount, "repeated"],
    ["--open-amount", says.openAmount],
    ["--debtor-tax-id <cpf|cnpj>", says.debtorTaxId],
    ["--debtor-name <name>", says.debtorName],
    ["--request <text>", says.request],
  ];
}

/** `pacto pix charge …`. */
export function charges(language: Language): Leaf[] {
  const { texts } = language;
  const says = texts.pix.charges;
  const reference = ["<BANK/TXID>", says.reference] as const;
  return [
    leaf({
      name: "create",
      summary: says.create,
      arguments: [
        ["<BANK>", texts.pix.bank],
        ["<KEY>", says.receiverKey],
        ["<AMOUNT>", texts.pix.amount],
      ],
      options: [
        ...termOptions(language),
        ["--txid <txid>", says.txid],
        ...qrOptions(language),
        keyOption(texts),
      ],
      run: (session, [bank = "", key = "", amount = ""], given: CreateChargeOptions) =>
        createCharge(session, [bank, key, amount], given),
    }),
    leaf({
      name: "show",
      summary: says.show,
      arguments: [reference],
      options: [["--revision <n>", says.revision], ...qrOptions(language)],
      run: (session, [id = ""], given: QrOptions & { readonly revision?: string }) =>
        showCharge(session, id, given),
    }),
    leaf({
      name: "list",
      summary: says.list,
      arguments: [["<BANK>", texts.pix.bank]],
      options: [
        ["--status <status>", says.status],
        ["--account <number>", texts.pix.options.accountOnly],
        ["--kind <cob|cobv>", says.kind],
      ],
      run: (session, [bank = ""], given: ListChargesOptions) => listCharges(session, bank, given),
    }),
    leaf({
      name: "change",
      summary: says.change,
      arguments: [reference, ["[AMOUNT]", texts.pix.amount]],
      options: [...termOptions(language), ["--to <key>", says.to], keyOption(texts)],
      run: (session, [id = "", amount], given: TermOptions & Keyed & { readonly to?: string }) =>
        changeCharge(session, [id, amount], given),
    }),
    leaf({
      name: "remove",
      summary: says.remove,
      arguments: [reference],
      options: [["--by-bank", says.byBank], keyOption(texts)],
      run: (session, [id = ""], given: Keyed & { readonly byBank?: boolean }) =>
        removeCharge(session, id, given),
    }),
  ];
}

/** `pacto pix refund` and `show`. */
export function refunds(language: Language): Leaf[] {
  const { texts } = language;
  const says = texts.pix.refunds;
  return [
    leaf({
      name: "refund",
      summary: says.refund,
      isChange: true,
      arguments: [
        ["<BANK/E2E>", says.received],
        ["<AMOUNT>", texts.pix.amount],
      ],
      options: [
        ["--id <id>", says.id],
        ["--reason <code>", says.reason],
        ["--description <text>", texts.pix.options.description],
      ],
      run: (session, [id = "", amount = ""], given: RefundOptions) =>
        refundPix(session, [id, amount], given),
    }),
    leaf({
      name: "show",
      summary: says.show,
      arguments: [["<BANK/E2E>", says.pix]],
      options: fileOptions(language),
      run: (session, [id = ""], given: FileOptions) => showPix(session, id, given),
    }),
  ];
}

/** `pacto pix webhook …`. */
export function pixWebhooks({ texts }: Language): Leaf[] {
  const says = texts.pix.webhooks;
  const bank = ["<BANK>", texts.pix.bank] as const;
  return [
    leaf({
      name: "set",
      summary: says.set,
      options: [keyOption(texts)],
      arguments: [bank, ["<KEY>", texts.pix.pixKey], ["<URL>", says.url]],
      run: (session, [at = "", pixKey = "", url = ""], given: Keyed) =>
        setWebhook(session, [at, pixKey, url], given),
    }),
    leaf({
      name: "remove",
      summary: says.remove,
      options: [keyOption(texts)],
      arguments: [bank, ["<KEY>", texts.pix.pixKey]],
      run: (session, [at = "", pixKey = ""], given: Keyed) =>
        removeWebhook(session, [at, pixKey], given),
    }),
    {
      name: "list",
      summary: says.list,
      arguments: [bank],
      run: (session, [at = ""]) => listWebhooks(session, at),
    },
  ];
}
