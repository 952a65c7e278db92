import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf, pageOptions } from "../program/leaf.ts";
import {
  changeMember,
  type ChangeMemberOptions,
  createMember,
  type CreateMemberOptions,
  listStaff,
  type ListStaffOptions,
  type MemberChange,
  requestRoles,
  type SetRolesOptions,
} from "./staff.ts";

const CHANGES: readonly MemberChange[] = ["suspend", "reinstate", "reset-factor", "reset-password"];

/** `pacto staff list|create|roles|suspend|reinstate|reset-factor|reset-password`. */
export function staffVerbs({ texts }: Language): Leaf[] {
  const { arguments: args, staff: says } = texts;
  const member = [["<BANK/PERSON>", says.member]] as const;
  const as = ["--as <person>", says.options.as] as const;
  const reason = ["--reason <text>", says.options.reason, "mandatory"] as const;
  return [
    leaf({
      name: "list",
      summary: says.list,
      arguments: [["<BANK>", args.bank]],
      options: [["--search <text>", says.options.search], as, ...pageOptions(texts)],
      run: (session, [bank = ""], given: ListStaffOptions) => listStaff(session, bank, given),
    }),
    leaf({
      name: "create",
      summary: says.create,
      arguments: [["<BANK>", args.bank]],
      options: [
        ["--name <name>", says.options.name, "mandatory"],
        ["--email <address>", says.options.email, "mandatory"],
        as,
        keyOption(texts),
      ],
      run: (session, [bank = ""], given: CreateMemberOptions) => createMember(session, bank, given),
    }),
    leaf({
      name: "roles",
      summary: says.roles,
      arguments: member,
      options: [["--set <roles>", says.options.set, "mandatory"], reason, as, keyOption(texts)],
      run: (session, [reference = ""], given: SetRolesOptions) =>
        requestRoles(session, reference, given),
    }),
    ...CHANGES.map((change) =>
      leaf({
        name: change,
        summary: says[change],
        arguments: member,
        options: [reason, as, keyOption(texts)],
        run: (session, [reference = ""], given: ChangeMemberOptions) =>
          changeMember(session, change, reference, given),
      }),
    ),
  ];
}
