"use client";
import { formatReais, parseReais } from "@pacto/banking";
import { FieldError } from "@heroui/react/field-error";
import { Description } from "@heroui/react/description";
import { InputGroup } from "@heroui/react/input-group";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

/** The amount that a money field's text means, in centavos; null while it means none. */
export function readAmount(text: string, locale: "pt-BR" | "en", zeroAllowed = false) {
  const parsed = parseReais(text, { locale, zeroAllowed });
  return parsed.ok ? parsed.centavos : null;
}

/**
 * An amount in reais, kept as it is typed ("200", "1.500,00"): nothing is lost to rounding or to a
 * reload. A problem is told on leaving the field, not while one types.
 */
export function MoneyField(props: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  /** An empty field, or zero, is fine too. */
  readonly isOptional?: boolean;
  /** Shows problems at once, as after an attempt to send. */
  readonly showProblems?: boolean;
  /** A problem found elsewhere, such as the account's own limits. */
  readonly problem?: string | null;
}) {
  const { label, text, onText, hint, isOptional = false, showProblems = false } = props;
  const t = useTranslations("money");
  const locale = useLocale();
  const [left, setLeft] = useState(false);
  const parsed = parseReais(text, { locale, zeroAllowed: isOptional });
  const isEmptyAllowed = text.trim() === "" && (isOptional || !showProblems);
  const isProblem = !parsed.ok && !isEmptyAllowed && (left || showProblems);
  const problem = isProblem ? t(parsed.code) : (props.problem ?? null);
  function tidy() {
    setLeft(true);
    if (parsed.ok) onText(formatReais(parsed.centavos, locale).replace(/^R\$\s/, ""));
  }
  return (
    <TextField
      fullWidth
      validationBehavior="aria"
      value={text}
      onChange={onText}
      onBlur={tidy}
      isInvalid={problem !== null}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
    >
      <Label>{label}</Label>
      <InputGroup fullWidth>
        <InputGroup.Prefix aria-hidden="true">R$</InputGroup.Prefix>
        <InputGroup.Input
          inputMode="decimal"
          autoComplete="off"
          placeholder={locale === "pt-BR" ? "0,00" : "0.00"}
          maxLength={30}
          className="num text-right"
        />
      </InputGroup>
      {hint !== undefined && <Description>{hint}</Description>}
      <FieldError>{problem}</FieldError>
    </TextField>
  );
}
