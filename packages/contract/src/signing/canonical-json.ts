import { hash } from "node:crypto";

/** A value that has no canonical form: a float, a bigint, broken Unicode, too deep. */
export class NotCanonical extends Error {
  override readonly name = "NotCanonical";
}

const DEPTH_MAX = 64;

/**
 * The one text of a JSON value (RFC 8785), for hashing, signing and comparing: no white space,
 * members sorted by UTF-16 code units. Our subset has integers within ±(2^53−1) only, so that
 * every language writes numbers the same way. As in `JSON.stringify`, a member that is undefined
 * is absent.
 * @throws NotCanonical for floats, NaN, bigint, lone surrogates, other objects, depth over 64
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** SHA-256 of the canonical text, in base64url (43 characters). */
export function hashCanonical(value: unknown): string {
  return hash("sha256", canonicalJson(value), "base64url");
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "number":
      if (!Number.isSafeInteger(value)) throw new NotCanonical(`not a safe integer: ${value}`);
      // RFC 8785 writes −0 as 0, and so does String.
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth >= DEPTH_MAX) throw new NotCanonical(`deeper than ${DEPTH_MAX} levels`);
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new NotCanonical(`no JSON value: ${typeof value}`);
  }
}

function writeString(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new NotCanonical("a lone surrogate in a string");
  return JSON.stringify(value);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = "[";
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ",";
    text += write(items[index], depth + 1);
  }
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotCanonical("only plain objects have a canonical form");
  }
  const members = value as Record<string, unknown>;
  let text = "{";
  // The default order is by UTF-16 code units, which is what RFC 8785 asks for.
  // oxlint-disable-next-line typescript/require-array-sort-compare
  for (const name of Object.keys(members).sort()) {
    if (members[name] === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${writeString(name)}:${write(members[name], depth + 1)}`;
  }
  return `${text}}`;
}
