import type { BankMember } from "./member.ts";

/** The bank's two letters on its colour; the letters, not the colour, carry the meaning. */
export function BankMark(props: {
  readonly bank: BankMember;
  readonly size?: "sm" | "md";
  readonly isDimmed?: boolean;
}) {
  const { bank, size = "sm", isDimmed = false } = props;
  const shape = size === "sm" ? "h-4.5 w-6 text-[10px]" : "h-6 w-8 text-xs";
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: bank.colour, color: inkOn(bank.colour) }}
      className={`inline-flex ${shape} shrink-0 items-center justify-center rounded font-semibold
        tracking-wide ${isDimmed ? "opacity-60 grayscale" : ""}`}
    >
      {bank.mark}
    </span>
  );
}

/** Mark and name, as a bank appears in running text and tables. */
export function BankName({ bank }: { readonly bank: BankMember }) {
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <BankMark bank={bank} />
      <span>{bank.name}</span>
    </span>
  );
}

/** Black or white, whichever contrasts more with the colour (WCAG relative luminance). */
function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
