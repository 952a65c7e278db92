export { type BooksAddress, BooksUnreachable } from "./books.ts";
export { checkLaws } from "./check-laws.ts";
export type { LawId, LawReport, Violation } from "./law.ts";
export { violationSentence } from "./sentences.ts";
