"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { bankClient } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TextInput } from "../../components/text-input.tsx";
import {
  type ContactDraft,
  type ContactProblem,
  emptyContact,
  findContactProblems,
} from "./client-form.ts";
import { ContactFields } from "./contact-fields.tsx";
import { readTaxId, type TaxIdReading } from "./tax-id-reading.ts";

interface NewClientDraft extends ContactDraft {
  readonly bank: string;
  readonly taxId: string;
}

const empty: NewClientDraft = { ...emptyContact, bank: "", taxId: "" };

/** Creates a client at one bank: an individual by CPF, a company by CNPJ. */
export function NewClient() {
  const t = useTranslations("newClient");
  const asked = useSearchParams().get("bank") ?? "";
  const draft = useDraft<NewClientDraft>(`new-client:${asked}`, { ...empty, bank: asked });
  const router = useRouter();
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [tried, setTried] = useState(false);
  const { value, change, phase } = draft;
  const reading = readTaxId(value.taxId);
  const problems = findProblems(value, reading);
  // Who signs is asked of a company alone, whatever was typed before.
  const contact = reading.kind === "cnpj" ? value : { ...value, representatives: [] };
  const contactProblems = findContactProblems(contact);

  async function send() {
    setRefusal(null);
    const sent = await draft.send((form, key) =>
      bankClient(form.bank).clients.create.mutate({
        idempotencyKey: key,
        ...toClient(form),
      }),
    );
    if (sent.kind === "refused") setRefusal(sent.refusal);
    if (sent.kind !== "done") return;
    const { client } = sent.value;
    router.push(`/clients/${client.bank}/${client.id}?created=1`);
    // Not waited for: a read that is slow must not leave the form empty and silent.
    void queryClient.invalidateQueries({ queryKey: [[client.bank]] });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (problems.size === 0 && contactProblems.size === 0) void send();
  }

  if (!draft.ready) return <Skeleton label={t("title")} rows={5} />;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <form onSubmit={submit} noValidate className="panel flex max-w-xl flex-col gap-4 p-5">
        <ClientFields
          value={value}
          change={change}
          reading={reading}
          isDisabled={phase !== "editing"}
          problems={tried ? problems : new Set()}
          contactProblems={tried ? contactProblems : new Set()}
        />
        <SentNotice
          phase={phase}
          refusal={refusal}
          onAskAgain={() => void send()}
          onGiveUp={draft.clear}
        />
        <div className="flex gap-2">
          <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
            {t("create")}
          </Button>
          <Button variant="ghost" onPress={() => router.push("/clients")}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </>
  );
}

function ClientFields(props: {
  readonly value: NewClientDraft;
  readonly change: (next: Partial<NewClientDraft>) => void;
  readonly reading: TaxIdReading;
  readonly isDisabled: boolean;
  readonly problems: ReadonlySet<"bank" | "taxId">;
  readonly contactProblems: ReadonlySet<ContactProblem>;
}) {
  const { value, change, reading, isDisabled, problems } = props;
  const t = useTranslations("newClient");
  function told(field: "bank" | "taxId"): string | null {
    return problems.has(field) ? t(`problem.${field}`) : null;
  }
  return (
    <>
      <BankChoice
        label={t("bank")}
        value={value.bank === "" ? null : value.bank}
        onChange={(bank) => change({ bank })}
        isDisabled={isDisabled}
        isRequired
        problem={told("bank")}
      />
      <TextInput
        label={t("taxId")}
        value={value.taxId}
        onChange={(taxId) => change({ taxId })}
        onBlur={() => "formatted" in reading && change({ taxId: reading.formatted })}
        hint={<TaxIdHint reading={reading} />}
        problem={reading.kind === "wrong" ? t(`taxIdWrong.${reading.problem}`) : told("taxId")}
        isDisabled={isDisabled}
        isRequired
        maxLength={24}
        input={{ className: "num", autoCapitalize: "characters", spellCheck: "false" }}
      />
      <ContactFields
        value={value}
        change={change}
        problems={props.contactProblems}
        isCompany={reading.kind === "cnpj"}
        isDisabled={isDisabled}
      />
    </>
  );
}

function TaxIdHint({ reading }: { readonly reading: TaxIdReading }) {
  const t = useTranslations("newClient");
  switch (reading.kind) {
    case "cpf":
    case "cnpj":
      return <span className="text-positive">{t(`taxIdRight.${reading.kind}`)}</span>;
    case "incomplete":
      return t(`taxIdIncomplete.${reading.of}`, { n: reading.missing });
    case "empty":
    case "wrong":
      return t("taxIdHint");
  }
}

/** The request without its key; what was left empty is left out. */
function toClient(form: NewClientDraft) {
  const { name, taxId, sharesAccounts, representatives } = form;
  const rest = (["email", "phone", "postalCode", "address", "city", "state"] as const).filter(
    (field) => form[field].trim() !== "",
  );
  return {
    name,
    taxId,
    sharesAccounts,
    ...Object.fromEntries(rest.map((field) => [field, form[field].trim()])),
    ...(readTaxId(taxId).kind === "cnpj" ? { representatives: [...representatives] } : {}),
  };
}

function findProblems(value: NewClientDraft, reading: TaxIdReading): Set<"bank" | "taxId"> {
  const problems = new Set<"bank" | "taxId">();
  if (value.bank === "") problems.add("bank");
  if (reading.kind !== "cpf" && reading.kind !== "cnpj") problems.add("taxId");
  return problems;
}
