"use client";
import type { PixKeyView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useDates } from "../../i18n/dates.ts";
import { AgreementForm } from "./agreement-form.tsx";
import { Acts, AgreementList, BankCell, type Told } from "./agreement-list.tsx";
import { ConfirmedAct } from "./confirmed-act.tsx";

const PAGE = 25;

/** The PIX keys of all accounts: registered, moved and removed. */
export function KeyDesk() {
  const t = useTranslations("agreements.keys");
  return (
    <AgreementList<PixKeyView>
      title={t("title")}
      description={t("description")}
      newText={t("new")}
      form={<NewKey />}
      emptyText={t("none")}
      columns={[
        { text: t("key") },
        { text: t("type") },
        { text: t("bank") },
        { text: t("account") },
        { text: t("since"), isWide: true },
        { text: t("acts"), isFigure: true },
      ]}
      list={{
        key: ["pix", "keys"],
        instantOf: ({ changedAt }) => changedAt,
        read: async (client, cursor, signal, at) => {
          const page = await client.pix.keys.query({ limit: PAGE, cursor }, { signal });
          return {
            items: page.keys.map((key) => ({ ...key, at })),
            nextCursor: page.nextCursor,
          };
        },
      }}
      row={(key) => <KeyRow key={`${key.at}/${key.key}`} row={key} />}
    />
  );
}

function NewKey() {
  const t = useTranslations("agreements.keys");
  return (
    <AgreementForm
      name="pix-key"
      title={t("new")}
      accountLabel={t("account")}
      doneText={t("done")}
      fields={[
        {
          name: "key",
          label: t("key"),
          kind: "text",
          maxLength: 100,
          isOptional: true,
          hint: t("keyHint"),
        },
      ]}
      run={(client, { account, texts, idempotencyKey }) => {
        const key = (texts["key"] ?? "").trim();
        const wish = { idempotencyKey, account };
        return client.pix.registerKey.mutate(key === "" ? wish : { ...wish, key });
      }}
    />
  );
}

function KeyRow({ row }: { readonly row: Told<PixKeyView> }) {
  const t = useTranslations("agreements.keys");
  const dates = useDates();
  return (
    <tr>
      <td className="num break-all">{row.key}</td>
      <td>{t(`types.${row.type}`)}</td>
      <td>
        <BankCell id={row.at} />
      </td>
      <td className="num">{row.account}</td>
      <td className="num text-muted max-md:hidden">{dates.at(row.changedAt)}</td>
      <Acts>
        <ConfirmedAct
          name={`key:move:${row.key}`}
          bank={row.at}
          text={t("move")}
          title={t("moveTitle", { key: row.key })}
          fields={[{ name: "account", label: t("moveTo"), kind: "text", maxLength: 20 }]}
          run={(client, idempotencyKey, texts) =>
            client.pix.moveKey.mutate({
              idempotencyKey,
              key: row.key,
              account: (texts["account"] ?? "").trim(),
            })
          }
        />
        <ConfirmedAct
          name={`key:remove:${row.key}`}
          bank={row.at}
          text={t("remove")}
          title={t("removeTitle", { key: row.key })}
          run={(client, idempotencyKey) =>
            client.pix.removeKey.mutate({ idempotencyKey, key: row.key })
          }
        >
          <p>{t("removeNote")}</p>
        </ConfirmedAct>
      </Acts>
    </tr>
  );
}
