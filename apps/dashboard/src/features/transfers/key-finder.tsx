"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { TextInput } from "../../components/text-input.tsx";
import { type Asker, findByKey, type FoundSide } from "./find-lines.ts";
import { useFoundSentence } from "./found-sentence.ts";

/** Finds a destination by its PIX key, in the name of the first account that pays. */
export function KeyFinder(props: {
  readonly asker: Asker | null;
  readonly isDisabled: boolean;
  readonly onFound: (side: FoundSide) => void;
}) {
  const { asker, isDisabled, onFound } = props;
  const t = useTranslations("builder");
  const sentence = useFoundSentence();
  const [isOpen, setOpen] = useState(false);
  const [key, setKey] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!isOpen) {
    return (
      <button
        type="button"
        disabled={isDisabled}
        className="mt-2 cursor-pointer text-xs text-link"
        onClick={() => setOpen(true)}
      >
        {t("byKey")}
      </button>
    );
  }
  async function find() {
    if (key.trim() === "" || isAsking) return;
    setAsking(true);
    const found = await findByKey(key.trim(), asker);
    setAsking(false);
    if (found.kind !== "found") return setProblem(sentence(found));
    setProblem(null);
    setOpen(false);
    setKey("");
    onFound(found.side);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    // Enter finds; it does not send the form.
    event.preventDefault();
    void find();
  }
  return (
    <div className="mt-3 flex items-start gap-2">
      <TextInput
        label={t("key")}
        value={key}
        onChange={(text) => {
          setKey(text);
          setProblem(null);
        }}
        maxLength={100}
        isDisabled={isDisabled}
        problem={asker === null ? t("keyNeedsSource") : problem}
        input={{ onKeyDown, autoFocus: true }}
      />
      <div className="pt-6">
        <Button
          size="sm"
          variant="outline"
          isPending={isAsking}
          isDisabled={isDisabled || asker === null}
          onPress={() => void find()}
        >
          {t("find")}
        </Button>
      </div>
    </div>
  );
}
