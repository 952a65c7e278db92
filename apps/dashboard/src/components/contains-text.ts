/** Whether `text` has `search` in it as it stands, but for case and accents. */
export function containsText(text: string, search: string): boolean {
  return plain(text).includes(plain(search.trim()));
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
