import type { ReactNode } from "react";

/** A page's title, what it is about in a line, and its actions. */
export function PageHeader(props: {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="text-lg font-semibold tracking-tight">{props.title}</h1>
        {props.description !== undefined && (
          <p className="mt-0.5 text-muted">{props.description}</p>
        )}
      </div>
      {props.actions !== undefined && (
        <div data-screen-only className="flex flex-wrap items-start gap-2">
          {props.actions}
        </div>
      )}
    </div>
  );
}
