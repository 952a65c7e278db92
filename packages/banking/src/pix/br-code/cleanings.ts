/** Signs of other scripts that look like one of ASCII, and dashes and blanks that are typeset. */
const LOOK_ALIKES = new Map([
  ...pairs("АВЕКМНОРСТХУІЅЈ", "ABEKMHOPCTXYISJ"),
  ...pairs("авекмнорстхуіѕјԁ", "abekmhopctxyisjd"),
  ...pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
  ...pairs("‐‑‒–—―−", "-------"),
]);

function pairs(from: string, to: string): [string, string][] {
  return Array.from(from, (sign, at) => [sign, to.charAt(at)]);
}

/**
 * What a text may have been before mail programs, chats and word processors had it: the likeliest
 * first. They put line breaks, blanks, marks and a heading around and between, and other signs in
 * the place of plain ones.
 */
export function cleanings(text: string): string[] {
  const joined = withoutHeading(withoutMarks(text.replace(/[\r\n\t]/g, "")));
  const unindented = withoutHeading(withoutMarks(text.replace(/\s*[\r\n]\s*/g, "")));
  const all = [joined, unindented, joined.replace(/ {2,}/g, " ")];
  return [...new Set([...all, ...all.map(inPlainSigns)])];
}

function withoutMarks(text: string): string {
  return text
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/\p{Zs}/gu, " ")
    .trim();
}

function withoutHeading(whole: string): string {
  const start = whole.indexOf("000201");
  return start > 0 && !/^[0-9]{2}/.test(whole) ? whole.slice(start) : whole;
}

function inPlainSigns(text: string): string {
  return Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    // The full width forms stand in the order of ASCII.
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    return LOOK_ALIKES.get(sign) ?? sign;
  }).join("");
}
