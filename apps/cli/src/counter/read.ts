import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

/** One of a few words. @throws WrongUsage */
export function readWord<Word extends string>(
  text: string,
  words: readonly Word[],
  { texts }: Language,
): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new WrongUsage(texts.counter.badValue(text));
  return word;
}

/** Leaves out what was not asked for. */
export function given<Value>(name: string, value: Value | undefined): Record<string, Value> {
  return value === undefined ? {} : { [name]: value };
}
