"use client";
import type { WebhookEndpointView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { bankClient } from "../../banks/client.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useDates } from "../../i18n/dates.ts";
import { SecretNotice } from "./secret-notice.tsx";

/** One address that is told of events: how far it has come, and what may be done with it. */
export function Endpoint(props: {
  readonly bank: string;
  readonly endpoint: WebhookEndpointView;
  readonly isShown: boolean;
  readonly onShow: () => void;
}) {
  const { bank, endpoint } = props;
  const t = useTranslations("webhooks");
  const dates = useDates();
  const [secret, setSecret] = useState<string | null>(null);
  const isActive = endpoint.status === "active";
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <button
            type="button"
            aria-pressed={props.isShown}
            onClick={props.onShow}
            className="cursor-pointer font-mono text-xs break-all text-link focus-visible:outline-2
              focus-visible:outline-offset-2 focus-visible:outline-focus aria-pressed:font-semibold"
          >
            {endpoint.url}
          </button>
          <p className="num mt-0.5 flex flex-wrap gap-x-3 text-muted">
            <span className={isActive ? "text-positive" : ""}>
              {t(isActive ? "active" : "paused")}
            </span>
            <span>{endpoint.types.join(", ")}</span>
            <span>{t("sentThrough", { n: endpoint.sentThrough })}</span>
            {endpoint.failures > 0 && (
              <span className="text-caution">{t("failures", { n: endpoint.failures })}</span>
            )}
            {endpoint.failures > 0 && endpoint.nextAttemptAt !== null && (
              <span>{t("nextAttempt", { at: dates.exactly(endpoint.nextAttemptAt) })}</span>
            )}
          </p>
        </div>
        <div className="flex flex-wrap gap-1">
          <Change bank={bank} endpoint={endpoint} to={isActive ? "paused" : "active"} />
          <Replay bank={bank} endpoint={endpoint} />
          <ActionDialog
            name={`webhook-rotate:${bank}:${endpoint.id}`}
            bank={bank}
            initial={nothing}
            variant="ghost"
            label={t("rotate")}
            title={t("rotateTitle")}
            confirmText={t("rotate")}
            request={(_, idempotencyKey) =>
              bankClient(bank).webhooks.rotate.mutate({ idempotencyKey, id: endpoint.id })
            }
            onDone={(output) => setSecret(output.secret)}
          >
            {() => <p className="text-muted">{t("rotateNote")}</p>}
          </ActionDialog>
          <Change bank={bank} endpoint={endpoint} to="removed" />
        </div>
      </div>
      {secret !== null && <SecretNotice secret={secret} />}
    </li>
  );
}

const nothing = {};

function Change(props: {
  readonly bank: string;
  readonly endpoint: WebhookEndpointView;
  readonly to: WebhookEndpointView["status"];
}) {
  const { bank, endpoint, to } = props;
  const t = useTranslations("webhooks.change");
  return (
    <ActionDialog
      name={`webhook-${to}:${bank}:${endpoint.id}`}
      bank={bank}
      initial={nothing}
      variant="ghost"
      label={t(`${to}.label`)}
      title={t(`${to}.title`)}
      confirmText={t(`${to}.label`)}
      request={(_, idempotencyKey) =>
        bankClient(bank).webhooks.change.mutate({ idempotencyKey, id: endpoint.id, status: to })
      }
    >
      {() => <p className="text-muted">{t(`${to}.note`)}</p>}
    </ActionDialog>
  );
}

const SEQUENCE = /^[1-9][0-9]{0,14}$/;

function Replay(props: { readonly bank: string; readonly endpoint: WebhookEndpointView }) {
  const { bank, endpoint } = props;
  const t = useTranslations("webhooks");
  return (
    <ActionDialog
      name={`webhook-replay:${bank}:${endpoint.id}`}
      bank={bank}
      initial={{ from: "1" }}
      variant="ghost"
      label={t("replay")}
      title={t("replay")}
      confirmText={t("doReplay")}
      isComplete={({ from }) => SEQUENCE.test(from)}
      request={({ from }, idempotencyKey) =>
        bankClient(bank).webhooks.replay.mutate({
          idempotencyKey,
          id: endpoint.id,
          fromSequence: Number(from),
        })
      }
    >
      {({ value, change, tried }) => (
        <TextInput
          label={t("replayFrom")}
          value={value.from}
          onChange={(from) => change({ from: from.trim() })}
          hint={t("replayNote")}
          problem={tried && !SEQUENCE.test(value.from) ? t("sequenceWrong") : null}
          isRequired
          maxLength={15}
          input={{ inputMode: "numeric", className: "num" }}
        />
      )}
    </ActionDialog>
  );
}
