import { buildEndToEndId, buildReturnId } from "@pacto/banking";
import { findMember } from "@pacto/contract";
import type { Bank } from "../context.ts";
import { randomSuffix } from "./random-suffix.ts";

/** A new end-to-end id of this bank. */
export function newEndToEndId(bank: Bank): string {
  return buildEndToEndId({ ispb: ispbOf(bank), instant: new Date(), suffix: randomSuffix() });
}

/** A new id for money that this bank gives back. */
export function newReturnId(bank: Bank): string {
  return buildReturnId({ ispb: ispbOf(bank), instant: new Date(), suffix: randomSuffix() });
}

function ispbOf({ manifest, id }: Bank): string {
  const ispb = findMember(manifest, id)?.ispb;
  if (ispb === undefined) throw new Error(`bank ${id} has no ISPB`);
  return ispb;
}
