"use client";
import { Icon } from "./icon.tsx";

/** The search field of a list. */
export function SearchBox(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <div className="relative w-full max-w-xs">
      <Icon
        name="search"
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-subtle"
      />
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={props.value}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => props.onChange(event.target.value)}
        className="input input--primary w-full !pl-8"
      />
    </div>
  );
}
