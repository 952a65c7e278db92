"use client";
import { Modal } from "@heroui/react/modal";
import type { AccountView } from "@pacto/contract";
import { useQueries } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { containsText } from "../../components/contains-text.ts";
import { useDebounced } from "../../components/debounced.ts";
import { Icon } from "../../components/icon.tsx";
import { useOffers } from "./offers.tsx";
import { Actions } from "./palette-actions.tsx";
import { group, Item } from "./palette-item.tsx";
import { placesFor } from "./places.ts";
import { useSignedIn } from "../sign-in/session.tsx";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const END_TO_END_ID = /^E[0-9]{20}[A-Za-z0-9]{11}$/;
const FOUND_PER_BANK = 3;
const SEARCH_MIN = 2;

/** Everywhere one can go, by typing: pages, clients, accounts, a transfer by its id. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("palette");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [selected, setSelected] = useState("");
  const text = typed.trim();
  // What is found comes later than what is typed, when nothing may be selected any more.
  const selectFound = useCallback(
    (value: string) => setSelected((current) => current || value),
    [],
  );
  function go(href: string) {
    onClose();
    router.push(href);
  }
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal.Container size="md" placement="top">
        <Modal.Dialog aria-label={t("title")} className="p-0!">
          <Command
            label={t("title")}
            loop
            filter={contains}
            value={selected}
            onValueChange={setSelected}
          >
            <Command.Input
              autoFocus
              value={typed}
              onValueChange={setTyped}
              placeholder={t("placeholder")}
              className="w-full border-b border-border bg-transparent px-4 py-3 text-sm
                outline-none placeholder:text-muted"
            />
            <Command.List className="max-h-96 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-muted">
                {t("nothing")}
              </Command.Empty>
              <Pages go={go} />
              <Actions onDone={onClose} />
              {END_TO_END_ID.test(text) && <TransferByPix endToEndId={text} go={go} />}
              {UUID.test(text) && <TransferById id={text.toLowerCase()} go={go} />}
              <Found text={text} go={go} onFound={selectFound} />
            </Command.List>
          </Command>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

/** The whole text typed: scattered letters would put pages before people. */
function contains(value: string, search: string): number {
  return containsText(value, search) ? 1 : 0;
}

type Go = (href: string) => void;

function Pages({ go }: { readonly go: Go }) {
  const t = useTranslations("palette");
  const who = useSignedIn();
  const names = useTranslations("shell.places");
  const offers = useOffers();
  return (
    <Command.Group heading={t("pages")} className={group}>
      {placesFor(who?.person.roles ?? [], offers).flatMap(({ places }) =>
        places.map(({ href, name, icon }) => (
          <Item key={href} value={`${names(name)} ${href}`} onSelect={() => go(href)}>
            <Icon name={icon} className="text-muted" />
            {names(name)}
          </Item>
        )),
      )}
      <Item value={`${t("newClient")} /clients/new`} onSelect={() => go("/clients/new")}>
        <Icon name="plus" className="text-muted" />
        {t("newClient")}
      </Item>
      <Item value={`${t("newAccount")} /accounts/new`} onSelect={() => go("/accounts/new")}>
        <Icon name="plus" className="text-muted" />
        {t("newAccount")}
      </Item>
      <Item value={`${t("trace")} /trace`} onSelect={() => go("/trace")}>
        <Icon name="clock" className="text-muted" />
        {t("trace")}
      </Item>
    </Command.Group>
  );
}

/** Any bank's page of it leads on to its coordinator, as the participants know it. */
function TransferById({ id, go }: { readonly id: string; readonly go: Go }) {
  const t = useTranslations("palette");
  const reachable = useReachable();
  const [bank] = reachable;
  if (bank === undefined) return null;
  return (
    <Command.Group heading={t("transfers")} className={group}>
      <Item value={id} onSelect={() => go(`/transfers/${bank}/${id}`)}>
        <Icon name="transfers" className="text-muted" />
        <span className="font-mono text-xs">{id}</span>
      </Item>
    </Command.Group>
  );
}

/** The transfer of a PIX, as any bank that has a side of it knows it. */
function TransferByPix({ endToEndId, go }: { readonly endToEndId: string; readonly go: Go }) {
  const t = useTranslations("palette");
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  const found = useQueries({
    queries: members.map(({ id }) =>
      queries(id).pix.payments.queryOptions(
        { endToEndId, limit: 1 },
        { enabled: reachable.has(id) },
      ),
    ),
    combine: (results) =>
      results.flatMap(({ data }, at) =>
        (data?.payments ?? []).map(({ transactionId }) => ({
          bank: members[at]?.id,
          transactionId,
        })),
      ),
  });
  const [first] = found;
  if (first?.bank === undefined) return null;
  const { bank, transactionId } = first;
  return (
    <Command.Group heading={t("pix")} className={group} forceMount>
      <Item value={endToEndId} onSelect={() => go(`/transfers/${bank}/${transactionId}`)}>
        <Icon name="transfers" className="text-muted" />
        <span className="font-mono text-xs">{endToEndId}</span>
      </Item>
    </Command.Group>
  );
}

/** Clients and accounts of every bank that answers, as one types. */
function Found(props: {
  readonly text: string;
  readonly go: Go;
  /** Told the first one's value. */
  readonly onFound: (value: string) => void;
}) {
  const { text, go, onFound } = props;
  const t = useTranslations("palette");
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  const search = useDebounced(text);
  const isAsked = search.length >= SEARCH_MIN && !UUID.test(search);
  const found = useQueries({
    queries: members.map(({ id }) =>
      queries(id).accounts.list.queryOptions(
        { search, limit: FOUND_PER_BANK },
        { enabled: isAsked && reachable.has(id) },
      ),
    ),
    combine: (results) => results.flatMap(({ data }) => data?.accounts ?? []),
  });
  const valueOf = ({ bank, number, holders }: AccountView) =>
    `${bank} ${number} ${holders.map(({ name }) => name).join(", ")} ${search}`;
  const first = isAsked && found[0] !== undefined ? valueOf(found[0]) : null;
  useEffect(() => {
    if (first !== null) onFound(first);
  }, [first, onFound]);
  if (!isAsked || found.length === 0) return null;
  return (
    <Command.Group heading={t("accounts")} className={group} forceMount>
      {found.map((account) => {
        const { bank, number, holders } = account;
        const member = members.find(({ id }) => id === bank);
        const names = holders.map(({ name }) => name).join(", ");
        return (
          <Item
            key={`${bank}/${number}`}
            value={valueOf(account)}
            onSelect={() => go(`/accounts/${bank}/${number}`)}
          >
            {member && <BankMark bank={member} />}
            <span className="flex-1 truncate">{names}</span>
            <span className="num text-muted">{number}</span>
          </Item>
        );
      })}
    </Command.Group>
  );
}
