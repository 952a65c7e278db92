"use client";
import { Button } from "@heroui/react/button";
import type { ClientDetail as ClientDetailView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { useDraft } from "../../banks/draft.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { SentNotice } from "../../banks/sent-notice.tsx";
import { useSending } from "../../banks/sending.ts";
import { CheckBox } from "../../components/check-box.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { type ContactDraft, findContactProblems } from "./client-form.ts";
import { ContactFields } from "./contact-fields.tsx";
import { KeptRepresentatives } from "./kept-representatives.tsx";

interface EditDraft extends ContactDraft {
  /** Tax ids are masked, so representatives are replaced as a whole or stay. */
  readonly replaces: boolean;
  readonly isActive: boolean;
}

/** Changes a client; another edit meanwhile is told, not overwritten. */
export function EditClient(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("editClient");
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const { data, error, isLoading } = useQuery(
    queries.clients.get.queryOptions({ id: props.id }, { enabled: isReachable }),
  );
  return (
    <>
      <PageHeader title={t("title")} description={data?.client.name} />
      {data === undefined && <ReadProblem bank={props.bank} error={error} readAt={null} />}
      {isLoading && <Skeleton label={t("reading")} rows={6} />}
      {data !== undefined && <EditForm key={data.client.version} client={data.client} />}
    </>
  );
}

function EditForm({ client }: { readonly client: ClientDetailView }) {
  const t = useTranslations("editClient");
  const router = useRouter();
  const [tried, setTried] = useState(false);
  const draft = useDraft<EditDraft>(
    `client:${client.bank}:${client.id}:${client.version}`,
    draftOf(client),
  );
  const { value, change, phase } = draft;
  const sending = useSending(draft, {
    bank: client.bank,
    request: (form, idempotencyKey) =>
      bankClient(client.bank).clients.update.mutate({
        ...toChange(form),
        idempotencyKey,
        id: client.id,
        version: client.version,
      }),
    onDone: () => router.push(`/clients/${client.bank}/${client.id}`),
  });
  const problems = findContactProblems(value.replaces ? value : { ...value, representatives: [] });
  const isDisabled = phase !== "editing";

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (problems.size === 0) sending.send();
  }

  if (!draft.ready) return null;
  return (
    <form onSubmit={submit} noValidate className="panel flex max-w-2xl flex-col gap-4 p-5">
      {client.kind === "company" && !value.replaces && (
        <KeptRepresentatives
          representatives={client.representatives}
          onReplace={() => change({ replaces: true })}
        />
      )}
      <ContactFields
        value={value}
        change={change}
        problems={tried ? problems : new Set()}
        isCompany={client.kind === "company" && value.replaces}
        isDisabled={isDisabled}
      />
      <CheckBox
        isChecked={value.isActive}
        onChange={(isActive) => change({ isActive })}
        isDisabled={isDisabled}
      >
        {t("active")}
      </CheckBox>
      <SentNotice
        phase={phase}
        refusal={sending.refusal}
        onAskAgain={sending.send}
        onGiveUp={draft.clear}
      />
      <div className="flex gap-2">
        <Button type="submit" isPending={phase === "sending"} isDisabled={phase === "unknown"}>
          {t("save")}
        </Button>
        <Button variant="ghost" onPress={() => router.push(`/clients/${client.bank}/${client.id}`)}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

function draftOf(client: ClientDetailView): EditDraft {
  return {
    name: client.name,
    email: client.email ?? "",
    phone: client.phone ?? "",
    postalCode: client.postalCode ?? "",
    address: client.address ?? "",
    city: client.city ?? "",
    state: client.state ?? "",
    sharesAccounts: client.sharesAccounts,
    representatives: [],
    replaces: false,
    isActive: client.status === "active",
  };
}

/** An emptied field takes the value away. */
function toChange({ replaces, isActive, representatives, ...contact }: EditDraft) {
  return {
    ...contact,
    email: contact.email.trim(),
    postalCode: contact.postalCode.trim(),
    state: contact.state.trim(),
    status: isActive ? ("active" as const) : ("inactive" as const),
    ...(replaces ? { representatives: [...representatives] } : {}),
  };
}
