import type { ReactNode } from "react";

/** Facts in two columns, as a confirmation or a receipt shows them; empty ones are left out. */
export function Summary(props: {
  readonly facts: readonly (readonly [label: string, fact: ReactNode])[];
}) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
      {props.facts
        .filter(([, fact]) => fact !== null && fact !== undefined && fact !== "")
        .map(([label, fact]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="num min-w-0 text-right whitespace-normal">{fact}</dd>
          </div>
        ))}
    </dl>
  );
}
