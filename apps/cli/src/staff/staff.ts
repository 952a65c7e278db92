import { type StaffMemberView, type StaffRole, staffRoles } from "@pacto/contract";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank, splitBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank, type BankApi } from "../consortium/ask-bank.ts";
import type { KeyOption } from "../counter/drawers.ts";
import { Refused, WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";
import { facts, table } from "../output/layout.ts";
import { moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** Who administers users in the local consortium; whoever acts otherwise has no such role there. */
const ADMIN = "admin";

interface PersonOption {
  readonly as?: string;
}

export interface ListStaffOptions extends PageOptions, PersonOption {
  readonly search?: string;
}

/** The staff of a bank by name. @throws Refused */
export async function listStaff(
  session: Session,
  bankText: string,
  options: ListStaffOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const { search } = options;
  const page = { ...readPage(options, language), ...(search === undefined ? {} : { search }) };
  const answer = await ask(session, bank, options, (api) => api.staff.list.query(page));
  const { says: all, staff: says } = language.texts;
  const { id, name, email, roles, state, request } = says.columns;
  const rows = answer.members.map((one) => [
    ...[one.id, one.name, one.email, rolesOf(one, language), stateOf(one, language)],
    one.rolesRequest ?? "",
  ]);
  return {
    json: answer,
    lines: [
      ...(rows.length === 0
        ? [all.nothing]
        : table([id, name, email, roles, state, request], rows)),
      ...(answer.nextCursor === null ? [] : [all.more(answer.nextCursor)]),
    ],
  };
}

export interface CreateMemberOptions extends KeyOption, PersonOption {
  readonly name: string;
  readonly email: string;
}

/** Takes somebody onto the staff; the password is told once. @throws Refused */
export async function createMember(
  session: Session,
  bankText: string,
  options: CreateMemberOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const idempotencyKey = readKey(options.key, language);
  const { name, email } = options;
  const answer = await ask(
    session,
    bank,
    options,
    (api) => api.staff.create.mutate({ idempotencyKey, name, email }),
    idempotencyKey,
  );
  return tellPassword(session, bank, answer);
}

export type MemberChange = "suspend" | "reinstate" | "reset-factor" | "reset-password";

export interface ChangeMemberOptions extends KeyOption, PersonOption {
  readonly reason: string;
}

/** Keeps a person out or lets them in, or helps who lost a way in. @throws Refused */
export async function changeMember(
  session: Session,
  change: MemberChange,
  reference: string,
  options: ChangeMemberOptions,
): Promise<Told> {
  const { bank, rest } = splitBank(reference, "BANK/PERSON", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const { id } = await findMember(session, bank, rest, options);
  const asked = { idempotencyKey, id, reason: options.reason };
  const send = <Answer>(question: (api: BankApi) => Promise<Answer>) =>
    ask(session, bank, options, question, idempotencyKey);
  if (change === "reset-password") {
    return tellPassword(session, bank, await send((api) => api.staff.resetPassword.mutate(asked)));
  }
  const verb = change === "reset-factor" ? "resetFactor" : change;
  const { member } = await send((api) => api.staff[verb].mutate(asked));
  return { json: { bank, member }, lines: memberLines(session, member) };
}

export interface SetRolesOptions extends KeyOption, PersonOption {
  readonly set: string;
  readonly reason: string;
}

/** Puts before a second person which roles somebody has from then on. @throws Refused */
export async function requestRoles(
  session: Session,
  reference: string,
  options: SetRolesOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, rest } = splitBank(reference, "BANK/PERSON", language);
  const idempotencyKey = readKey(options.key, language);
  const to = readRoles(options.set, language);
  const { id, name, roles: from } = await findMember(session, bank, rest, options);
  const request = { kind: "staff.setRoles" as const, payload: { id, name, from, to } };
  const { reason } = options;
  const { approval } = await ask(
    session,
    bank,
    options,
    (api) => api.approvals.request.mutate({ idempotencyKey, request, reason }),
    idempotencyKey,
  );
  const lines = [language.texts.approvals.asked(bank, approval.id)];
  return { json: { bank, approval }, lines };
}

function ask<Answer>(
  session: Session,
  bank: string,
  { as }: PersonOption,
  question: (api: BankApi) => Promise<Answer>,
  key?: string,
): Promise<Answer> {
  const person = as ?? session.person ?? ADMIN;
  const asking = key === undefined ? { person } : { person, key };
  return askBank(session.consortium(), bank, question, asking);
}

/** By id or e-mail, on whichever page of the list. @throws Refused `staff-not-found` */
async function findMember(
  session: Session,
  bank: string,
  text: string,
  options: PersonOption,
): Promise<StaffMemberView> {
  const isEmail = text.includes("@");
  const search = isEmail ? { search: text } : {};
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = { ...search, ...(cursor === undefined ? {} : { cursor }) };
    const { members, nextCursor } = await ask(session, bank, options, (api) =>
      api.staff.list.query(page),
    );
    const found = members.find(({ id, email }) => (isEmail ? email : id) === text.toLowerCase());
    if (found !== undefined) return found;
    cursor = nextCursor;
  }
  throw new Refused("staff-not-found", { bank });
}

function readRoles(text: string, { texts }: Language): StaffRole[] {
  if (text.trim() === "none") return [];
  return text.split(",").map((word) => {
    const role = staffRoles.find((known) => known === word.trim());
    if (role === undefined) throw new WrongUsage(texts.staff.badRole(word, staffRoles.join(", ")));
    return role;
  });
}

function tellPassword(
  session: Session,
  bank: string,
  answer: { readonly member: StaffMemberView; readonly oneTimePassword: string | null },
): Told {
  const { staff: says } = session.language.texts;
  const { member, oneTimePassword } = answer;
  const password = oneTimePassword ?? says.toldBefore;
  const until = member.passwordUntil === null ? null : moment(member.passwordUntil);
  const secret = facts([
    [says.oneTimePassword, password],
    [says.until, until],
  ]);
  return { json: { bank, ...answer }, lines: [...memberLines(session, member), ...secret] };
}

function memberLines({ language }: Session, member: StaffMemberView): string[] {
  const { columns } = language.texts.staff;
  return facts([
    [columns.id, member.id],
    [columns.name, member.name],
    [columns.email, member.email],
    [columns.roles, rolesOf(member, language)],
    [columns.state, stateOf(member, language)],
  ]);
}

function rolesOf({ roles }: StaffMemberView, { texts }: Language): string {
  return roles.length === 0 ? texts.staff.none : roles.join(", ");
}

function stateOf(member: StaffMemberView, { texts }: Language): string {
  const { states } = texts.staff;
  const { hasFactor, mustChangePassword } = member;
  if (member.isSuspended) return states.suspended;
  if (mustChangePassword) return hasFactor ? states.password : states.first;
  return hasFactor ? states.active : states.factor;
}
