import type { Language } from "../language/language.ts";
import { leaf, type Leaf, pageOptions } from "../program/leaf.ts";
import { exportChain } from "./export-chain.ts";
import { type EventOptions, listEvents } from "./list-events.ts";
import { verifyAudit, type VerifyAuditOptions } from "./verify-audit.ts";

/** `pacto audit …` */
export function auditVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, audit: says, options } = texts;
  return [
    leaf({
      name: "list",
      summary: says.list,
      arguments: [["[BANK]", args.optionalBank]],
      options: [
        ["--actor <text>", says.actor],
        ["--action <name>", says.action],
        ["--home <bank>", says.home],
        ["--subject <text>", says.subject],
        ["--from <instant>", says.from],
        ["--to <instant>", says.to],
        ["--search <text>", options.search],
        ["--csv <file>", says.csv],
        ...pageOptions(texts),
      ],
      run: (session, [bank], given: EventOptions) => listEvents(session, bank, given),
    }),
    leaf({
      name: "verify",
      summary: says.verify,
      arguments: [["[FILES...]", says.files]],
      options: [
        ["--bank <bank>", args.bank],
        ["--manifest <file>", says.manifest],
      ],
      run: (session, files, given: VerifyAuditOptions) => verifyAudit(session, files, given),
    }),
    leaf({
      name: "export",
      summary: says.export,
      arguments: [["<BANK>", args.bank]],
      options: [["-o, --output <file>", says.output, "mandatory"]],
      run: (session, [bank = ""], given: { readonly output: string }) =>
        exportChain(session, bank, given),
    }),
  ];
}
