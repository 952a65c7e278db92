import { PAGE_SIZE_MAX } from "@pacto/contract";
import type { Language } from "../language/language.ts";
import { readWhole } from "./scalars.ts";

export interface PageOptions {
  readonly limit?: string;
  readonly cursor?: string;
}

/** The page that `--limit` and `--cursor` ask for. @throws WrongUsage */
export function readPage(
  { limit, cursor }: PageOptions,
  language: Language,
): { readonly limit?: number; readonly cursor?: string } {
  return {
    ...(limit === undefined ? {} : { limit: readWhole(limit, [1, PAGE_SIZE_MAX], language) }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
