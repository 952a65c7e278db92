import { maskEmail, maskName, maskPhone } from "@pacto/banking";
import type { ClientRevision } from "@pacto/contract";

type Change = ClientRevision["changes"][number];

const hidden = () => "***";

const MASKS: Readonly<Record<string, (text: string) => string>> = {
  name: maskName,
  email: maskEmail,
  phone: maskPhone,
  postalCode: hidden,
  address: hidden,
  representatives: hidden,
};

/** Before and after of one field with personal data masked, for the audit and for other banks. */
export function maskChange({ field, before, after }: Change): Change {
  const mask = Object.hasOwn(MASKS, field) ? MASKS[field] : undefined;
  const masked = (text: string | null) => (text === null || mask === undefined ? text : mask(text));
  return { field, before: masked(before), after: masked(after) };
}
