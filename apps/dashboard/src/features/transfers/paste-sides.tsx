"use client";
import { Button } from "@heroui/react/button";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { readAmount } from "../../components/money-field.tsx";
import type { SideDraft } from "./builder-draft.ts";
import { type Asker, findLine } from "./find-lines.ts";
import { useFoundSentence } from "./found-sentence.ts";
import { type PastedLine, readPasted, type UnreadLine } from "./pasted-lines.ts";

export type PastedSide = Omit<SideDraft, "id">;

interface Kept {
  readonly text: string;
  readonly why: string;
}

/** Many accounts at once from a list; what cannot be found stays in the field, with why. */
export function PasteSides(props: {
  readonly asker: Asker | null;
  readonly isDisabled: boolean;
  /** How many more there may be. */
  readonly room: number;
  readonly onPaste: (sides: readonly PastedSide[]) => void;
}) {
  const t = useTranslations("builder");
  const id = useId();
  const [text, setText] = useState("");
  const { kept, forget, isAsking, take } = useTaking(props);
  async function paste() {
    setText(await take(text));
  }
  return (
    <div className="flex basis-full flex-col gap-2">
      <label htmlFor={id} className="label w-fit">
        {t("pasteLabel")}
      </label>
      <textarea
        id={id}
        rows={4}
        // Asked for with a button just now.
        autoFocus
        spellCheck={false}
        value={text}
        maxLength={8_000}
        disabled={props.isDisabled}
        placeholder={t("pasteExample")}
        aria-describedby={`${id}-hint`}
        className="rounded-md border border-field-border bg-surface px-2.5 py-1.5 font-mono text-xs
          placeholder:text-field-placeholder"
        onChange={(event) => {
          setText(event.target.value);
          forget();
        }}
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        {t("pasteHint")}
      </p>
      <div role="status">
        {kept.map((line) => (
          <p key={line.text} className="text-xs text-negative">
            <span className="font-mono">{line.text}</span>: {line.why}
          </p>
        ))}
      </div>
      <div>
        <Button
          size="sm"
          variant="outline"
          isPending={isAsking}
          isDisabled={props.isDisabled || text.trim() === ""}
          onPress={() => void paste()}
        >
          {t("pasteAdd")}
        </Button>
      </div>
    </div>
  );
}

/** Takes what can be taken of a pasted text and gives the rest back. */
function useTaking({ asker, room, onPaste }: Parameters<typeof PasteSides>[0]) {
  const t = useTranslations("builder");
  const locale = useLocale();
  const members = useMembers();
  const reachable = useReachable();
  const sentence = useFoundSentence();
  const [kept, setKept] = useState<readonly Kept[]>([]);
  const [isAsking, setAsking] = useState(false);

  async function resolve(line: PastedLine | UnreadLine): Promise<PastedSide | Kept> {
    const { text } = line;
    if ("problem" in line) return { text, why: t(`pasteProblem.${line.problem}`) };
    const { target, amount } = line;
    if (target.kind === "account" && !reachable.has(target.bank)) {
      const bank = members.find(({ id }) => id === target.bank)?.name ?? target.bank;
      return { text, why: t("away", { bank }) };
    }
    const found = await findLine(line, asker);
    return found.kind === "found"
      ? { ...found.side, amount: amount.replace(/^R\$\s*/i, "") }
      : { text, why: sentence(found) };
  }

  async function take(text: string): Promise<string> {
    setAsking(true);
    const lines = readPasted(text, members, (amount) => readAmount(amount, locale) !== null);
    const resolved = await Promise.all(
      lines.map(async (line) => ({ text: line.text, is: await resolve(line) })),
    );
    setAsking(false);
    const sides: PastedSide[] = [];
    const left: Kept[] = [];
    for (const { text: line, is } of resolved) {
      if ("why" in is) left.push(is);
      else if (sides.length < room) sides.push(is);
      else left.push({ text: line, why: t("pasteFull") });
    }
    setKept(left);
    if (sides.length > 0) onPaste(sides);
    return left.map((line) => line.text).join("\n");
  }
  return { kept, isAsking, take, forget: () => setKept([]) };
}
