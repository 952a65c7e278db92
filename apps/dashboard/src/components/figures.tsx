import type { ReactNode } from "react";

/** A few large figures side by side. */
export function Figures(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section aria-label={props.label}>
      <dl className="panel grid grid-cols-2 divide-border lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none lg:divide-x">
        {props.children}
      </dl>
    </section>
  );
}

export function Figure(props: {
  readonly label: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col px-4 py-3">
      <dt className="text-xs text-muted">{props.label}</dt>
      <dd className="num mt-1 text-lg font-semibold tracking-tight">{props.children}</dd>
      {props.note !== undefined && <dd className="mt-0.5 text-xs text-muted">{props.note}</dd>}
    </div>
  );
}
