import { type ReactNode, useId } from "react";

/** A part of a page under its heading, with what may be done there beside it. */
export function Section(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold">
            {props.title}
          </h2>
          {props.note !== undefined && <p className="text-xs text-muted">{props.note}</p>}
        </div>
        {props.actions !== undefined && (
          <div data-screen-only className="flex flex-wrap items-start gap-2">
            {props.actions}
          </div>
        )}
      </div>
      {props.children}
    </section>
  );
}
