import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf, pageOptions } from "../program/leaf.ts";
import {
  type DecideOptions,
  type Decision,
  decideApproval,
  listApprovals,
  showApproval,
} from "./approvals.ts";

/** `pacto approval list|show|approve|reject|withdraw`. */
export function approvalVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, approvals: says, counter } = texts;
  const request = [["<BANK/ID>", counter.options.id]] as const;
  const decisions: Record<Decision, Leaf["options"]> = {
    approve: [["--note <text>", says.options.note]],
    reject: [["--note <text>", says.options.note]],
    withdraw: [],
  };
  return [
    {
      name: "list",
      summary: says.list,
      arguments: [["<BANK>", args.bank]],
      options: [["--all", says.options.all], ...pageOptions(texts)],
      run: (session, [id = ""], given) => listApprovals(session, id, given),
    },
    {
      name: "show",
      summary: says.show,
      arguments: request,
      run: (session, [reference = ""]) => showApproval(session, reference),
    },
    ...(Object.keys(decisions) as Decision[]).map((verb) =>
      leaf({
        name: verb,
        summary: says[verb],
        arguments: request,
        options: [...(decisions[verb] ?? []), ["--as <person>", says.options.as], keyOption(texts)],
        run: (session, [reference = ""], given: DecideOptions) =>
          decideApproval(session, verb, reference, given),
      }),
    ),
  ];
}
