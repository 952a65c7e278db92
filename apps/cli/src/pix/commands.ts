import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf } from "../program/leaf.ts";
import { buildCode, examineCode, parseCode, type BuildOptions } from "./br-code.ts";
import {
  listKeys,
  listPayments,
  moveKey,
  registerKey,
  removeKey,
  resolveKey,
  sendPix,
  type SendOptions,
} from "./pix.ts";

/** `pacto pix send`, `resolve` and `list`. */
export function payments({ texts }: Language): Leaf[] {
  const says = texts.pix;
  return [
    leaf({
      name: "send",
      summary: says.summaries.send,
      arguments: [
        ["<BANK/ACCOUNT>", says.payer],
        ["<KEY|BR-CODE>", says.toKey],
        ["[AMOUNT]", says.amount],
      ],
      options: [["--description <text>", says.options.description], keyOption(texts)],
      run: (session, [payer = "", target = "", amount], given: SendOptions) =>
        sendPix(session, [payer, target, amount], given),
    }),
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
export function brCodes({ texts: { pix: says } }: Language): Leaf[] {
  const { options, summaries } = says;
  const code = [["<CODE>", says.code]] as const;
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
      ],
      run: (session, _, given: BuildOptions) => buildCode(session, given),
    }),
    {
      name: "parse",
      summary: summaries.parse,
      arguments: code,
      run: (session, [text = ""]) => parseCode(session, text),
    },
    {
      name: "doctor",
      summary: summaries.doctor,
      arguments: code,
      run: (session, [text = ""]) => examineCode(session, text),
    },
  ];
}
