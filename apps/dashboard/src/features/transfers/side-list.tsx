"use client";
import { Button } from "@heroui/react/button";
import { formatReais } from "@pacto/banking";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { useMoney } from "../../i18n/money.ts";
import {
  type BuilderDraft,
  type Counted,
  emptySide,
  isBegun,
  nextSideId,
  type SideDraft,
  type Sides,
  splitEvenly,
  withPasted,
} from "./builder-draft.ts";
import type { Asker } from "./find-lines.ts";
import { PasteSides } from "./paste-sides.tsx";
import type { Preview } from "./preview.ts";
import { SideCard } from "./side-card.tsx";

const SIDES_MAX = 16;

interface SideListProps {
  readonly sides: Sides;
  readonly draft: BuilderDraft;
  readonly counted: Counted;
  readonly preview: Preview;
  readonly onChange: (next: Partial<BuilderDraft>) => void;
  readonly tried: boolean;
  readonly isDisabled: boolean;
}

/** All sources, or all destinations, as cards. */
export function SideList(props: SideListProps) {
  const { sides, draft, counted, onChange } = props;
  const t = useTranslations("builder");
  const money = useMoney();
  const heading = useId();
  const list = draft[sides];
  const asker = askerOf(draft);
  function set(next: readonly SideDraft[]) {
    onChange(sides === "from" ? { from: next } : { to: next });
  }
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id={heading} className="font-semibold">
          {t(sides)}
        </h2>
        <p className="num text-muted">
          {money(sides === "from" ? counted.leaves : counted.arrives)}
        </p>
      </div>
      {counted[sides].map((side, at) => (
        <SideCard
          key={side.id}
          side={side}
          sides={sides}
          number={at + 1}
          remaining={counted.remaining}
          preview={props.preview}
          asker={asker}
          tried={props.tried}
          isDisabled={props.isDisabled}
          onChange={(next) => set(list.map((it) => (it.id === side.id ? { ...it, ...next } : it)))}
          onRemove={
            list.length > 1 ? () => set(list.filter(({ id }) => id !== side.id)) : undefined
          }
        />
      ))}
      <SideActions {...props} asker={asker} onSides={set} />
    </section>
  );
}

/** More of them: one empty card, or many from a list; and shares for all of them. */
function SideActions(
  props: SideListProps & {
    readonly asker: Asker | null;
    readonly onSides: (sides: readonly SideDraft[]) => void;
  },
) {
  const { sides, draft, onSides } = props;
  const t = useTranslations("builder");
  const [isPasting, setPasting] = useState(false);
  const list = draft[sides];
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        variant="outline"
        isDisabled={props.isDisabled || list.length >= SIDES_MAX}
        onPress={() => onSides([...list, emptySide(nextSideId(draft))])}
      >
        <Icon name="plus" />
        {t(sides === "from" ? "addSource" : "addDestination")}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-expanded={isPasting}
        isDisabled={props.isDisabled}
        onPress={() => setPasting(!isPasting)}
      >
        {t("paste")}
      </Button>
      {sides === "to" && <SplitButton {...props} onSplit={onSides} />}
      {isPasting && (
        <PasteSides
          asker={props.asker}
          isDisabled={props.isDisabled}
          room={SIDES_MAX - list.filter(isBegun).length}
          onPaste={(pasted) => onSides(withPasted(draft, sides, pasted))}
        />
      )}
    </div>
  );
}

/** The first account that pays. */
function askerOf({ from }: BuilderDraft): Asker | null {
  const [side] = from.filter(({ account }) => account !== null);
  return side?.account ? { bank: side.bank, account: side.account.number } : null;
}

/** Gives every destination an equal share of what leaves. */
function SplitButton(props: {
  readonly draft: BuilderDraft;
  readonly counted: Counted;
  readonly isDisabled: boolean;
  readonly onSplit: (sides: readonly SideDraft[]) => void;
}) {
  const t = useTranslations("builder");
  const locale = useLocale();
  const { to } = props.draft;
  const { leaves } = props.counted;
  if (to.length < 2 || leaves < BigInt(to.length)) return null;
  function split() {
    const shares = splitEvenly(leaves, to.length);
    const text = (at: number) => formatReais(shares[at] ?? 0n, locale).replace(/^R\$\s/, "");
    props.onSplit(to.map((side, at) => ({ ...side, amount: text(at) })));
  }
  return (
    <Button size="sm" variant="ghost" isDisabled={props.isDisabled} onPress={split}>
      {t("split")}
    </Button>
  );
}
