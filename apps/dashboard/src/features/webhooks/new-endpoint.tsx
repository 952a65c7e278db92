"use client";
import type { WebhookEndpointView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { SecretNotice } from "./secret-notice.tsx";

interface Created {
  readonly endpoint: WebhookEndpointView;
  readonly secret: string | null;
}

const empty = { url: "", types: "*" };

function readTypes(text: string): string[] {
  return text.split(/[\s,;]+/).filter((type) => type !== "");
}

function isAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

export function NewEndpoint(props: { readonly bank: string; readonly targets: readonly string[] }) {
  const { bank, targets } = props;
  const t = useTranslations("webhooks");
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-3">
      <ActionDialog<typeof empty, Created>
        name={`webhook:${bank}`}
        bank={bank}
        initial={empty}
        label={t("add")}
        variant="primary"
        size="md"
        isDisabled={targets.length === 0}
        title={t("add")}
        confirmText={t("doAdd")}
        isComplete={({ url, types }) => isAddress(url) && readTypes(types).length > 0}
        request={({ url, types }, idempotencyKey) =>
          bankClient(bank).webhooks.create.mutate({
            idempotencyKey,
            url,
            types: readTypes(types),
          })
        }
        onDone={(created) => setSecret(created.secret)}
      >
        {({ value, change, tried }) => (
          <div className="flex flex-col gap-4">
            <TextInput
              label={t("url")}
              value={value.url}
              onChange={(url) => change({ url: url.trim() })}
              hint={t("targets", { targets: targets.join(", ") })}
              problem={tried && !isAddress(value.url) ? t("urlWrong") : null}
              isRequired
              maxLength={500}
              input={{ type: "url", className: "font-mono" }}
            />
            <TextInput
              label={t("types")}
              value={value.types}
              onChange={(types) => change({ types })}
              hint={t("typesHint")}
              problem={tried && readTypes(value.types).length === 0 ? t("typesMissing") : null}
              isRequired
              maxLength={300}
              input={{ className: "font-mono" }}
            />
          </div>
        )}
      </ActionDialog>
      {targets.length === 0 && <p className="text-muted">{t("noTargets")}</p>}
      {secret !== null && <SecretNotice secret={secret} />}
    </div>
  );
}
