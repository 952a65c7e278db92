"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { Icon } from "../../components/icon.tsx";
import { TextInput } from "../../components/text-input.tsx";
import type { RepresentativeDraft } from "./client-form.ts";
import { readTaxId } from "./tax-id-reading.ts";

const REPRESENTATIVES_MAX = 10;
const empty: RepresentativeDraft = { name: "", taxId: "", role: "" };

/** Who signs for a company. */
export function RepresentativeFields(props: {
  readonly value: readonly RepresentativeDraft[];
  readonly onChange: (value: readonly RepresentativeDraft[]) => void;
  readonly showProblems: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, onChange, isDisabled } = props;
  const t = useTranslations("representatives");
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="label mb-2">{t("title")}</legend>
      {value.map((representative, at) => (
        <Row
          // Rows have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          number={at + 1}
          value={representative}
          onChange={(next) =>
            onChange(value.map((each, i) => (i === at ? { ...each, ...next } : each)))
          }
          onRemove={() => onChange(value.filter((_, i) => i !== at))}
          showProblems={props.showProblems}
          isDisabled={isDisabled}
        />
      ))}
      <div>
        <Button
          size="sm"
          variant="outline"
          isDisabled={isDisabled || value.length >= REPRESENTATIVES_MAX}
          onPress={() => onChange([...value, empty])}
        >
          <Icon name="plus" />
          {t("add")}
        </Button>
      </div>
    </fieldset>
  );
}

function Row(props: {
  readonly number: number;
  readonly value: RepresentativeDraft;
  readonly onChange: (next: Partial<RepresentativeDraft>) => void;
  readonly onRemove: () => void;
  readonly showProblems: boolean;
  readonly isDisabled: boolean;
}) {
  const { value, onChange, isDisabled, showProblems } = props;
  const t = useTranslations("representatives");
  const reading = readTaxId(value.taxId);
  return (
    <div
      role="group"
      aria-label={t("numbered", { n: props.number })}
      className="grid items-start gap-3 sm:grid-cols-[1fr_10rem_8rem_auto]"
    >
      <TextInput
        label={t("name")}
        value={value.name}
        onChange={(name) => onChange({ name })}
        problem={showProblems && value.name.trim().length < 2 ? t("nameMissing") : null}
        isDisabled={isDisabled}
        maxLength={120}
      />
      <TextInput
        label={t("cpf")}
        value={value.taxId}
        onChange={(taxId) => onChange({ taxId })}
        onBlur={() => "formatted" in reading && onChange({ taxId: reading.formatted })}
        problem={showProblems && reading.kind !== "cpf" ? t("cpfWrong") : null}
        isDisabled={isDisabled}
        maxLength={24}
        input={{ className: "num" }}
      />
      <TextInput
        label={t("role")}
        value={value.role}
        onChange={(role) => onChange({ role })}
        isDisabled={isDisabled}
        maxLength={60}
      />
      <div className="sm:pt-6">
        <Button
          isIconOnly
          variant="ghost"
          aria-label={t("remove", { n: props.number })}
          isDisabled={isDisabled}
          onPress={props.onRemove}
        >
          <Icon name="close" />
        </Button>
      </div>
    </div>
  );
}
