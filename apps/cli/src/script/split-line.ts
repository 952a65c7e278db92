/**
 * The words of a script's line, as a shell splits them: blanks separate, quotes keep together, `#`
 * begins a comment. Null for a quote that is never closed.
 */
export function splitLine(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const sign of line.trim()) {
    if (quote !== null) {
      if (sign === quote) quote = null;
      else word = (word ?? "") + sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= "";
    } else if (/\s/u.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (sign === "#" && word === null) {
      break;
    } else {
      word = (word ?? "") + sign;
    }
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}
