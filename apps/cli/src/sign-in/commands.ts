import type { Language } from "../language/language.ts";
import { leaf, type Leaf } from "../program/leaf.ts";
import { showSignIn } from "./show-code.ts";

/** `pacto sign-in`. */
export function signIns({ texts: { signIn: says, arguments: args } }: Language): Leaf {
  return leaf({
    name: "sign-in",
    summary: says.summary,
    arguments: [["<BANK>", args.bank]],
    options: [["--as <person>", says.as]],
    run: (session, [bank = ""], given: { readonly as?: string }) =>
      showSignIn(session, bank, given),
  });
}
