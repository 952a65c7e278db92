import type { Language } from "../language/language.ts";
import { leaf, type Leaf } from "../program/leaf.ts";
import { showReceipt } from "./show-receipt.ts";
import { verify, type VerifyOptions } from "./verify.ts";

/** `pacto tx receipt`. */
export function receipts({ texts: { receipts: says } }: Language): Leaf {
  return leaf({
    name: "receipt",
    summary: says.receiptSummary,
    arguments: [
      ["<BANK>", says.bank],
      ["<ID>", says.id],
    ],
    options: [["-o, --output <file>", says.output]],
    run: (session, [bank = "", id = ""], given: { readonly output?: string }) =>
      showReceipt(session, [bank, id], given),
  });
}

/** `pacto verify`. */
export function verification({ texts: { receipts: says } }: Language): Leaf {
  return leaf({
    name: "verify",
    summary: says.verifySummary,
    arguments: [["<RECEIPT>", says.file]],
    options: [["--manifest <file>", says.manifest]],
    run: (session, [path = ""], given: VerifyOptions) => verify(session, path, given),
  });
}
