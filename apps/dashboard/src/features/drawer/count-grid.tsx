"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { useMoney } from "../../i18n/money.ts";
import { coins, type Denomination, notes, readPieces, type TypedCount } from "./count.ts";

/** A field for each note and coin; Enter and the arrows go from one to the next. */
export function CountGrid(props: {
  readonly typed: TypedCount;
  readonly onChange: (typed: TypedCount) => void;
  readonly isDisabled: boolean;
}) {
  const t = useTranslations("drawer");
  const frame = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent<HTMLInputElement>) {
    const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const fields = [...(frame.current?.querySelectorAll("input") ?? [])];
    const next = fields[fields.indexOf(event.currentTarget) + step];
    // Enter on the last field goes on to what closes the drawer.
    if (next === undefined && event.key === "Enter") return;
    event.preventDefault();
    next?.focus();
    next?.select();
  }

  return (
    <div ref={frame} className="grid gap-x-10 gap-y-4 md:grid-cols-2">
      {([notes, coins] as const).map((values, at) => (
        <table key={at === 0 ? "notes" : "coins"} className="w-full max-w-sm self-start">
          <caption className="pb-1 text-left text-xs font-medium text-muted">
            {t(at === 0 ? "notes" : "coins")}
          </caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">{t("value")}</th>
              <th scope="col">{t("pieces")}</th>
              <th scope="col">{t("subtotal")}</th>
            </tr>
          </thead>
          <tbody>
            {values.map((value) => (
              <CountRow key={value} value={value} onKey={move} {...props} />
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function CountRow(props: {
  readonly value: Denomination;
  readonly typed: TypedCount;
  readonly onChange: (typed: TypedCount) => void;
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly isDisabled: boolean;
}) {
  const { value, typed, onChange } = props;
  const t = useTranslations("drawer");
  const money = useMoney();
  const text = typed[value] ?? "";
  const pieces = readPieces(text);
  return (
    <tr>
      <th scope="row" className="num w-24 py-0.5 pr-3 text-right font-normal">
        {money(value)}
      </th>
      <td className="w-28 py-0.5">
        <input
          aria-label={t("piecesOf", { value: money(value) })}
          aria-invalid={pieces === null}
          data-invalid={pieces === null}
          inputMode="numeric"
          autoComplete="off"
          placeholder="0"
          maxLength={7}
          value={text}
          disabled={props.isDisabled}
          onKeyDown={props.onKey}
          onChange={(event) => onChange({ ...typed, [value]: event.target.value })}
          className="num input input--primary w-full text-right"
        />
      </td>
      <td
        className={`num py-0.5 pl-3 text-right ${(pieces ?? 0) > 0 ? "font-medium" : "text-subtle"}`}
      >
        {pieces === null ? t("notANumber") : money(value * pieces)}
      </td>
    </tr>
  );
}
