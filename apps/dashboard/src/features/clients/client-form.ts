import { type TaxIdReading, readTaxId } from "./tax-id-reading.ts";

/** Who signs for a company, as typed. */
export interface RepresentativeDraft {
  readonly name: string;
  readonly taxId: string;
  readonly role: string;
}

/** How a client is reached, as typed. */
export interface ContactDraft {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly postalCode: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly sharesAccounts: boolean;
  readonly representatives: readonly RepresentativeDraft[];
}

export const emptyContact: ContactDraft = {
  name: "",
  email: "",
  phone: "",
  postalCode: "",
  address: "",
  city: "",
  state: "",
  sharesAccounts: false,
  representatives: [],
};

export type ContactProblem = "name" | "email" | "postalCode" | "state" | "representatives";

const NAME_MIN = 2;
const EMAIL = /^\S+@\S+\.\S+$/;
const POSTAL_CODE = /^[0-9]{5}-?[0-9]{3}$/;
const STATE = /^[A-Z]{2}$/;

/** What of the contact cannot be sent as it is. */
export function findContactProblems(draft: ContactDraft): ReadonlySet<ContactProblem> {
  const problems = new Set<ContactProblem>();
  if (draft.name.trim().length < NAME_MIN) problems.add("name");
  if (isWrong(draft.email, EMAIL)) problems.add("email");
  if (isWrong(draft.postalCode, POSTAL_CODE)) problems.add("postalCode");
  if (isWrong(draft.state, STATE)) problems.add("state");
  if (!draft.representatives.every(isWhole)) problems.add("representatives");
  return problems;
}

function isWrong(text: string, shape: RegExp): boolean {
  return text.trim() !== "" && !shape.test(text.trim());
}

export function isWhole(representative: RepresentativeDraft): boolean {
  return representative.name.trim().length >= NAME_MIN && isCpf(readTaxId(representative.taxId));
}

function isCpf({ kind }: TaxIdReading): boolean {
  return kind === "cpf";
}
