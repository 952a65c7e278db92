import type { Language } from "../language/language.ts";
import { leaf, type Leaf } from "../program/leaf.ts";
import type { FuzzOptions } from "../fuzz/fuzz.ts";
import {
  type KeysOptions,
  makeAuthority,
  makeCertificate,
  makeMemberKey,
  rotateMemberKey,
} from "./keys.ts";

export function keyVerbs({ texts: { keys: says } }: Language): Leaf[] {
  const folder = ["--folder <path>", says.folder] as const;
  return [
    leaf({
      name: "member",
      summary: says.member,
      arguments: [["<BANK>", says.bank]],
      options: [folder],
      run: (session, [bank = ""], given: KeysOptions) => makeMemberKey(session, bank, given),
    }),
    leaf({
      name: "rotate",
      summary: says.rotate,
      arguments: [["<BANK>", says.bank]],
      options: [
        ["--manifest <path>", says.manifest],
        ["--folder <path>", says.keysFolder],
      ],
      run: (session, [bank = ""], given: KeysOptions) => rotateMemberKey(session, bank, given),
    }),
    leaf({
      name: "authority",
      summary: says.authority,
      options: [folder],
      run: (session, _, given: KeysOptions) => makeAuthority(session, given),
    }),
    leaf({
      name: "certificate",
      summary: says.certificate,
      arguments: [["<BANK>", says.bank]],
      options: [["--hosts <list>", says.hosts], folder],
      run: (session, [bank = ""], given: KeysOptions) => makeCertificate(session, bank, given),
    }),
  ];
}

export function fuzzing({ texts: { keys: says } }: Language): Leaf {
  return leaf({
    name: "fuzz",
    summary: says.fuzz,
    options: [
      ["--requests <n>", says.requests],
      ["--seed <n>", says.seed],
    ],
    run: async (session, _, given: FuzzOptions) => {
      const { fuzz } = await import("../fuzz/fuzz.ts");
      return fuzz(session, given);
    },
  });
}
