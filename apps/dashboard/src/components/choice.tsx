"use client";
import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { ListBox } from "@heroui/react/list-box";
import { Select } from "@heroui/react/select";
import type { ReactNode } from "react";

export interface ChoiceOption {
  readonly id: string;
  /** What is searched by typing and read out. */
  readonly text: string;
  readonly content?: ReactNode;
  /** Why it cannot be chosen; shown beside it. */
  readonly unavailable?: string | undefined;
}

/** One of a few; what cannot be chosen stays visible with its reason. */
export function Choice(props: {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly options: readonly ChoiceOption[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly problem?: string | null;
  readonly className?: string;
}) {
  const { label, options, value, onChange, hint, isLabelHidden = false } = props;
  return (
    <Select
      fullWidth
      className={props.className ?? ""}
      placeholder={props.placeholder ?? "—"}
      selectedKey={value}
      onSelectionChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      disabledKeys={options.filter(({ unavailable }) => unavailable).map(({ id }) => id)}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      isInvalid={props.problem !== undefined && props.problem !== null}
      validationBehavior="aria"
    >
      <Label className={isLabelHidden ? "sr-only" : ""}>{label}</Label>
      <Select.Trigger>
        <Select.Value />
        <Select.Indicator />
      </Select.Trigger>
      {hint !== undefined && <Description>{hint}</Description>}
      <FieldError>{props.problem}</FieldError>
      <Select.Popover>
        <ListBox>
          {options.map((option) => (
            <ListBox.Item
              key={option.id}
              id={option.id}
              textValue={
                option.unavailable ? `${option.text} (${option.unavailable})` : option.text
              }
            >
              <span className="flex min-w-0 flex-1 items-center justify-between gap-3">
                {option.content ?? option.text}
                {option.unavailable !== undefined && (
                  <span className="text-xs text-muted">{option.unavailable}</span>
                )}
              </span>
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      </Select.Popover>
    </Select>
  );
}
