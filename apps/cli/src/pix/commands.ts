import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf } from "../program/leaf.ts";
import {
  buildCode,
  type BuildOptions,
  type CodeOptions,
  examineCode,
  parseCode,
} from "./br-code.ts";
import { qrOptions } from "./charge-commands.ts";
import {
  confirmPayee,
  listKeys,
  listPayments,
  moveKey,
  registerKey,
  removeKey,
  resolveKey,
  sendPix,
  type SendOptions,
} from "./pix.ts";

/** `pacto pix send`, `confirm`, `resolve` and `list`. */
export function payments({ texts }: Language): Leaf[] {
  const says = texts.pix;
  return [
    leaf({
      name: "send",
      summary: says.summaries.send,
      arguments: [
        ["<BANK/ACCOUNT>", says.payer],
        ["<KEY|BR-CODE|BANK/ACCOUNT>", says.toKey],
        ["[AMOUNT]", says.amount],
      ],
      options: [
        ["--also <BANK/ACCOUNT:AMOUNT>", says.options.also, "repeated"],
        ["--description <text>", says.options.description],
        keyOption(texts),
      ],
      run: (session, [payer = "", target = "", amount], given: SendOptions) =>
        sendPix(session, [payer, target, amount], given),
    }),
    {
      name: "confirm",
      summary: says.summaries.confirm,
      arguments: [
        ["<BANK/ACCOUNT>", says.payer],
        ["<KEY|BR-CODE|BANK/ACCOUNT>", says.toKey],
      ],
      run: (session, [payer = "", target = ""]) => confirmPayee(session, [payer, target]),
    },
    {
      name: "resolve",
      summary: says.summaries.resolve,
      arguments: [
        ["<BANK/ACCOUNT>", says.payer],
        ["<KEY>", says.pixKey],
      ],
      run: (session, [payer = "", key = ""]) => resolveKey(session, [payer, key]),
    },
    {
      name: "list",
      summary: says.summaries.payments,
      arguments: [["<BANK[/ACCOUNT]>", says.account]],
      run: (session, [reference = ""]) => listPayments(session, reference),
    },
  ];
}

/** `pacto pix key …`. */
export function pixKeys({ texts }: Language): Leaf[] {
  const says = texts.pix;
  const { summaries } = says;
  const given = [keyOption(texts)];
  return [
    leaf({
      name: "register",
      summary: summaries.register,
      arguments: [
        ["<BANK/ACCOUNT>", says.account],
        ["[KEY]", says.pixKey],
      ],
      options: given,
      run: (session, [account = "", key], options) => registerKey(session, [account, key], options),
    }),
    leaf({
      name: "list",
      summary: summaries.list,
      arguments: [["<BANK>", says.bank]],
      options: [["--account <number>", says.options.accountOnly]],
      run: (session, [bank = ""], options: { readonly account?: string }) =>
        listKeys(session, bank, options),
    }),
    leaf({
      name: "move",
      summary: summaries.move,
      arguments: [
        ["<BANK/ACCOUNT>", says.account],
        ["<KEY>", says.pixKey],
      ],
      options: given,
      run: (session, [account = "", key = ""], options) =>
        moveKey(session, [account, key], options),
    }),
    leaf({
      name: "remove",
      summary: summaries.remove,
      arguments: [
        ["<BANK>", says.bank],
        ["<KEY>", says.pixKey],
      ],
      options: given,
      run: (session, [bank = "", key = ""], options) => removeKey(session, [bank, key], options),
    }),
  ];
}

/** `pacto pix brcode …`: works without any bank. */
export function brCodes(language: Language): Leaf[] {
  const { pix: says } = language.texts;
  const { options, summaries } = says;
  const code = [["[CODE]", says.code]] as const;
  const image = [["--image <file>", says.qr.image]] as const;
  return [
    leaf({
      name: "build",
      summary: summaries.build,
      options: [
        ["--key <key>", options.key],
        ["--url <url>", options.url],
        ["--name <name>", options.name, "mandatory"],
        ["--city <city>", options.city, "mandatory"],
        ["--txid <txid>", options.txid],
        ["--info <text>", options.info],
        ["--amount <amount>", options.amount],
        ["--once", options.once],
        ...qrOptions(language),
      ],
      run: (session, _, given: BuildOptions) => buildCode(session, given),
    }),
    leaf({
      name: "parse",
      summary: summaries.parse,
      arguments: code,
      options: image,
      run: (session, [text], given: CodeOptions) => parseCode(session, text, given),
    }),
    leaf({
      name: "doctor",
      summary: summaries.doctor,
      arguments: code,
      options: image,
      run: (session, [text], given: CodeOptions) => examineCode(session, text, given),
    }),
  ];
}
