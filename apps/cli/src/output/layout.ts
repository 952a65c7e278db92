/** Columns aligned by spaces, headers first; numbers and money are aligned to the right. */
export function table(
  columns: readonly (string | { readonly right: string })[],
  rows: readonly (readonly string[])[],
): string[] {
  const headers = columns.map((column) => (typeof column === "string" ? column : column.right));
  const all = [headers, ...rows];
  const widths = headers.map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ""))));
  return all.map((row) =>
    columns
      .map((column, at) => pad(row[at] ?? "", widths[at] ?? 0, typeof column !== "string"))
      .join("  ")
      .trimEnd(),
  );
}

/** `label  value` lines, values in one column; pairs whose value is null are left out. */
export function facts(pairs: readonly (readonly [string, string | null])[]): string[] {
  const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null);
  const widest = Math.max(0, ...shown.map(([label]) => width(label)));
  return shown.map(([label, value]) => `${pad(label, widest, false)}  ${value}`);
}

function width(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, to: number, isRight: boolean): string {
  const blanks = " ".repeat(Math.max(0, to - width(text)));
  return isRight ? blanks + text : text + blanks;
}
