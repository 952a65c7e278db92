import { readPixKey, type PixKey } from "@pacto/banking";
import { RefusalError } from "../trpc.ts";

/** A key as a person writes it. @throws RefusalError when it is none */
export function keyFrom(typed: string): PixKey {
  const reading = readPixKey(typed);
  if (!reading.ok) throw new RefusalError({ code: "pix-key-unreadable", details: {} });
  return reading.key;
}
