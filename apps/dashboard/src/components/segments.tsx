"use client";
import { useId } from "react";

/** One of two or three: radio buttons that look like one switch. */
export function Segments<Id extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly text: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1" disabled={props.isDisabled ?? false}>
      <legend className="label mb-1">{props.label}</legend>
      <div className="flex flex-wrap gap-0.5 self-start rounded-md bg-default p-0.5">
        {props.options.map(({ id, text }) => (
          <label
            key={id}
            className="cursor-pointer rounded px-3 py-1.5 text-muted has-checked:bg-surface
              has-checked:font-medium has-checked:text-foreground has-checked:shadow-xs
              has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={props.value === id}
              onChange={() => props.onChange(id)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
