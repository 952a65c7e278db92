"use client";
import { type ReactNode, useId } from "react";
import { Icon } from "./icon.tsx";

export interface ChoiceOption {
  readonly id: string;
  readonly text: string;
  /** Why it cannot be chosen; shown with it. */
  readonly unavailable?: string | undefined;
}

/**
 * One of a few; what cannot be chosen stays visible with its reason. It is the browser's own list:
 * quick by keyboard, at home on a phone, and 50 KB lighter than one drawn by script.
 */
export function Choice(props: {
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly placeholder?: string;
  /** Shown before the chosen one's text. */
  readonly mark?: ReactNode;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly problem?: string | null;
}) {
  const { label, options, value, onChange, mark, isRequired = false, problem = null } = props;
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className="flex flex-col gap-1">
      <label
        htmlFor={id}
        className={`label w-fit ${isRequired ? "label--required" : ""} ${problem === null ? "" : "label--invalid"}`}
      >
        {label}
      </label>
      <div className="relative">
        {mark !== undefined && (
          <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center">
            {mark}
          </span>
        )}
        <select
          id={id}
          value={value ?? ""}
          disabled={props.isDisabled ?? false}
          required={isRequired}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          data-invalid={problem !== null}
          onChange={(event) => onChange(event.target.value)}
          className={`input input--primary w-full cursor-pointer appearance-none pr-8!
            ${mark === undefined ? "" : "pl-11!"} ${value === null ? "text-field-placeholder!" : ""}`}
        >
          {value === null && (
            <option value="" disabled>
              {props.placeholder ?? "—"}
            </option>
          )}
          {options.map(({ id: option, text, unavailable }) => (
            <option key={option} value={option} disabled={unavailable !== undefined}>
              {unavailable === undefined ? text : `${text} — ${unavailable}`}
            </option>
          ))}
        </select>
        <Icon
          name="chevron"
          className="pointer-events-none absolute top-1/2 right-2.5 size-3.5! -translate-y-1/2
            rotate-90 text-subtle"
        />
      </div>
      {problem !== null && (
        <span id={problemId} className="text-xs text-negative">
          {problem}
        </span>
      )}
    </div>
  );
}
