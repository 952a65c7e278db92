"use client";
import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import type { ComponentProps, ReactNode } from "react";
import { PlainInput } from "./plain-input.tsx";

/** A labelled line of text. A problem replaces the hint and is tied to the field for readers. */
export function TextInput(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly problem?: string | null;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  readonly onBlur?: () => void;
  readonly input?: ComponentProps<typeof PlainInput>;
}) {
  const { label, hint, problem, input, maxLength, ...field } = props;
  return (
    <TextField
      fullWidth
      validationBehavior="aria"
      isInvalid={problem !== undefined && problem !== null}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...field}
    >
      <Label>{label}</Label>
      <PlainInput autoComplete="off" {...input} />
      {hint !== undefined && <Description>{hint}</Description>}
      <FieldError>{problem}</FieldError>
    </TextField>
  );
}
