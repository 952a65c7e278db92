import type { ReactNode } from "react";

export interface Column {
  readonly text: string;
  /** Figures stand to the right. */
  readonly isFigure?: boolean;
  /** Left out where the screen is narrow. */
  readonly isWide?: boolean;
}

/** A table of rows under named columns; the caption is for readers by ear. */
export function DataTable(props: {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}) {
  return (
    <table className="data-table">
      <caption className="sr-only">{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map(({ text, isFigure = false, isWide = false }) => (
            <th
              key={text}
              scope="col"
              className={`${isFigure ? "text-right!" : ""} ${isWide ? "max-md:hidden" : ""}`}
            >
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}
