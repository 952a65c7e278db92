import type { Language } from "../language/language.ts";
import { leaf, type Leaf } from "../program/leaf.ts";
import { backUpBank, listBackups, restoreBank } from "./backup-bank.ts";
import { drainBank, isSafeToStop, type WaitOptions } from "./drain-bank.ts";
import {
  decideHeuristic,
  listHeuristics,
  type PersonOptions,
  requestHeuristic,
  type RequestOptions,
  saveEvidence,
} from "./heuristic.ts";
import { resumeBank } from "./resume-bank.ts";

/** What is done with a bank in service: `pacto bank drain|resume|safe-to-stop`. */
export function service({ texts }: Language): Leaf[] {
  const { arguments: args, operations: says } = texts;
  const bank = [["<BANK>", args.bank]] as const;
  return [
    leaf({
      name: "drain",
      summary: says.drain,
      arguments: bank,
      options: [["--wait <seconds>", says.wait]],
      run: (session, [id = ""], given: WaitOptions) => drainBank(session, id, given),
    }),
    {
      name: "resume",
      summary: says.resume,
      arguments: bank,
      run: (session, [id = ""]) => resumeBank(session, id),
    },
    leaf({
      name: "safe-to-stop",
      summary: says.safeToStop,
      arguments: bank,
      options: [["--wait <seconds>", says.wait]],
      run: (session, [id = ""], given: WaitOptions) => isSafeToStop(session, id, given),
    }),
  ];
}

/** `pacto backup`, `pacto backup list` and `pacto restore`. */
export function copies({ texts }: Language): { backup: Leaf; list: Leaf; restore: Leaf } {
  const { arguments: args, operations: says } = texts;
  const bank = ["<BANK>", args.bank] as const;
  return {
    backup: {
      name: "backup",
      summary: says.backup,
      arguments: [bank],
      run: (session, [id = ""]) => backUpBank(session, id),
    },
    list: {
      name: "list",
      summary: says.backupList,
      arguments: [bank],
      run: (session, [id = ""]) => listBackups(session, id),
    },
    restore: {
      name: "restore",
      summary: says.restore,
      arguments: [bank, ["<NAME>", says.backupName]],
      run: (session, [id = "", name = ""]) => restoreBank(session, [id, name]),
    },
  };
}

/** `pacto heuristic`. */
export function heuristics({ texts }: Language): Leaf[] {
  const { arguments: args, operations: says } = texts;
  const bank = ["<BANK>", args.bank] as const;
  const transaction = ["<TX>", says.transaction] as const;
  const as = ["--as <person>", says.as] as const;
  return [
    leaf({
      name: "request",
      summary: says.request,
      arguments: [bank, transaction],
      options: [
        ["--outcome <commit|abort>", says.outcome, "mandatory"],
        ["--reason <text>", says.reason, "mandatory"],
        as,
      ],
      run: (session, [at = "", id = ""], given: RequestOptions) =>
        requestHeuristic(session, [at, id], given),
    }),
    {
      name: "list",
      summary: says.list,
      arguments: [["[BANK]", args.optionalBank]],
      run: (session, [at]) => listHeuristics(session, at),
    },
    ...(["approve", "decline"] as const).map((name) =>
      leaf({
        name,
        summary: says[name],
        arguments: [bank, ["<REQUEST>", says.requestId]],
        options: [as],
        run: (session, [at = "", id = ""], given: PersonOptions) =>
          decideHeuristic(session, [at, id], { ...given, approve: name === "approve" }),
      }),
    ),
    leaf({
      name: "evidence",
      summary: says.evidence,
      arguments: [bank, transaction],
      options: [["-o, --output <file>", says.output]],
      run: (session, [at = "", id = ""], given: { readonly output?: string }) =>
        saveEvidence(session, [at, id], given),
    }),
  ];
}
