"use client";
import type { PixClaimView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useDates } from "../../i18n/dates.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { AgreementForm } from "./agreement-form.tsx";
import { Acts, AgreementList, BankCell, type Told } from "./agreement-list.tsx";
import { ConfirmedAct } from "./confirmed-act.tsx";

const PAGE = 25;

/** Claims on PIX keys: those that this consortium's banks ask for, and those asked of them. */
export function ClaimDesk() {
  const t = useTranslations("agreements.claims");
  return (
    <AgreementList<PixClaimView>
      title={t("title")}
      description={t("description")}
      newText={t("new")}
      form={<NewClaim />}
      emptyText={t("none")}
      columns={[
        { text: t("key") },
        { text: t("bank") },
        { text: t("side") },
        { text: t("otherBank") },
        { text: t("state") },
        { text: t("until"), isWide: true },
        { text: t("acts"), isFigure: true },
      ]}
      list={{
        key: ["pix", "claims"],
        instantOf: ({ openedAt }) => openedAt,
        read: async (client, cursor, signal, at) => {
          const page = await client.pix.claims.list.query({ limit: PAGE, cursor }, { signal });
          return {
            items: page.claims.map((claim) => ({ ...claim, at })),
            nextCursor: page.nextCursor,
          };
        },
      }}
      row={(claim) => <ClaimRow key={`${claim.at}/${claim.id}/${claim.side}`} row={claim} />}
    />
  );
}

function NewClaim() {
  const t = useTranslations("agreements.claims");
  return (
    <AgreementForm
      name="pix-claim"
      title={t("new")}
      accountLabel={t("account")}
      doneText={t("done")}
      fields={[{ name: "key", label: t("key"), kind: "text", maxLength: 100 }]}
      run={(client, { account, texts, idempotencyKey }) =>
        client.pix.claims.open.mutate({ idempotencyKey, account, key: texts["key"] ?? "" })
      }
    />
  );
}

function ClaimRow({ row }: { readonly row: Told<PixClaimView> }) {
  const t = useTranslations("agreements.claims");
  const dates = useDates();
  const sentence = useRefusalSentence();
  const until = row.state === "confirmed" ? row.completeBy : row.resolveBy;
  return (
    <tr>
      <td className="num break-all">
        {row.key}
        <span className="block text-xs text-muted">{t(`types.${row.type}`)}</span>
      </td>
      <td>
        <BankCell id={row.at} />
        <span className="num block text-xs text-muted">{row.account}</span>
      </td>
      <td>{t(`sides.${row.side}`)}</td>
      <td>
        <BankCell id={row.otherBank} />
        <span className="block text-xs text-muted">{row.claimantMasked}</span>
      </td>
      <td>
        {row.isCompleting ? t("completing") : t(`states.${row.state}`)}
        {row.refusal !== null && (
          <span className="block text-xs text-negative">{sentence(row.refusal)}</span>
        )}
      </td>
      <td className="num text-muted max-md:hidden">{until === null ? "—" : dates.at(until)}</td>
      <Acts>
        <ClaimActs row={row} />
      </Acts>
    </tr>
  );
}

function ClaimActs({ row }: { readonly row: Told<PixClaimView> }) {
  const t = useTranslations("agreements.claims");
  const { at, id, side, state, key } = row;
  const isOver = state === "cancelled" || state === "completed" || row.isCompleting;
  if (isOver) return null;
  const mayCancel = side === "claimer" || state === "waiting-resolution";
  const act = { bank: at };
  return (
    <>
      {side === "donor" && state === "waiting-resolution" && (
        <ConfirmedAct
          {...act}
          name={`claim:confirm:${id}`}
          text={t("confirm")}
          title={t("confirmTitle", { key })}
          run={(client, idempotencyKey) => client.pix.claims.confirm.mutate({ idempotencyKey, id })}
        >
          <p>{t("confirmNote")}</p>
        </ConfirmedAct>
      )}
      {side === "claimer" && state === "confirmed" && (
        <ConfirmedAct
          {...act}
          name={`claim:complete:${id}`}
          text={t("complete")}
          title={t("completeTitle", { key })}
          run={(client, idempotencyKey) =>
            client.pix.claims.complete.mutate({ idempotencyKey, id })
          }
        >
          <p>{t("completeNote")}</p>
        </ConfirmedAct>
      )}
      {mayCancel && (
        <ConfirmedAct
          {...act}
          name={`claim:cancel:${id}:${side}`}
          text={t("cancel")}
          title={t("cancelTitle", { key })}
          run={(client, idempotencyKey) =>
            client.pix.claims.cancel.mutate({ idempotencyKey, id, side })
          }
        >
          <p>{t("cancelNote")}</p>
        </ConfirmedAct>
      )}
    </>
  );
}
