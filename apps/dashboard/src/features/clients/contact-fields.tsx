"use client";
import { useTranslations } from "next-intl";
import { CheckBox } from "../../components/check-box.tsx";
import { TextInput } from "../../components/text-input.tsx";
import type { ContactDraft, ContactProblem } from "./client-form.ts";
import { RepresentativeFields } from "./representative-fields.tsx";

interface FieldsProps {
  readonly value: ContactDraft;
  readonly change: (next: Partial<ContactDraft>) => void;
  readonly problems: ReadonlySet<ContactProblem>;
  readonly isCompany: boolean;
  readonly isDisabled: boolean;
}

/** Name, contact, address, consent, and of a company who signs for it. */
export function ContactFields(props: FieldsProps) {
  const { value, change, isDisabled, isCompany } = props;
  const t = useTranslations("newClient");
  return (
    <>
      <TextInput
        label={t(isCompany ? "companyName" : "name")}
        value={value.name}
        onChange={(name) => change({ name })}
        problem={props.problems.has("name") ? t("problem.name") : null}
        isDisabled={isDisabled}
        isRequired
        maxLength={120}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput
          label={t("email")}
          value={value.email}
          onChange={(email) => change({ email })}
          problem={props.problems.has("email") ? t("problem.email") : null}
          isDisabled={isDisabled}
          maxLength={120}
          input={{ type: "email" }}
        />
        <TextInput
          label={t("phone")}
          value={value.phone}
          onChange={(phone) => change({ phone })}
          isDisabled={isDisabled}
          maxLength={30}
          input={{ type: "tel" }}
        />
      </div>
      <AddressFields {...props} />
      {isCompany && (
        <RepresentativeFields
          value={value.representatives}
          onChange={(representatives) => change({ representatives })}
          showProblems={props.problems.has("representatives")}
          isDisabled={isDisabled}
        />
      )}
      <CheckBox
        isChecked={value.sharesAccounts}
        onChange={(sharesAccounts) => change({ sharesAccounts })}
        isDisabled={isDisabled}
      >
        {t("sharesAccounts")}
      </CheckBox>
    </>
  );
}

function AddressFields({ value, change, problems, isDisabled }: FieldsProps) {
  const t = useTranslations("newClient");
  return (
    <div className="grid gap-4 sm:grid-cols-[8rem_1fr_5rem]">
      <TextInput
        label={t("postalCode")}
        value={value.postalCode}
        onChange={(postalCode) => change({ postalCode })}
        problem={problems.has("postalCode") ? t("problem.postalCode") : null}
        isDisabled={isDisabled}
        maxLength={9}
        input={{ inputMode: "numeric", className: "num" }}
      />
      <TextInput
        label={t("city")}
        value={value.city}
        onChange={(city) => change({ city })}
        isDisabled={isDisabled}
        maxLength={80}
      />
      <TextInput
        label={t("state")}
        value={value.state}
        onChange={(state) => change({ state: state.toUpperCase() })}
        problem={problems.has("state") ? t("problem.state") : null}
        isDisabled={isDisabled}
        maxLength={2}
      />
      <div className="sm:col-span-3">
        <TextInput
          label={t("address")}
          value={value.address}
          onChange={(address) => change({ address })}
          isDisabled={isDisabled}
          maxLength={160}
        />
      </div>
    </div>
  );
}
