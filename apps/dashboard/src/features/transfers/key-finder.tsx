"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { TextInput } from "../../components/text-input.tsx";
import { type Asker, findByKey, type FoundSide } from "./find-lines.ts";
import { useFoundSentence } from "./found-sentence.ts";

interface KeyFinderProps {
  readonly asker: Asker | null;
  readonly isDisabled: boolean;
  readonly onFound: (side: FoundSide) => void;
}

/** Finds a destination by its PIX key, in the name of the first account that pays. */
export function KeyFinder(props: KeyFinderProps) {
  const t = useTranslations("builder");
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  function open() {
    setOpen(true);
    setWasOpen(true);
  }
  function onFound(side: FoundSide) {
    setOpen(false);
    props.onFound(side);
  }
  if (isOpen) return <KeyField {...props} onFound={onFound} />;
  return (
    <button
      type="button"
      disabled={props.isDisabled}
      // The keyboard stays here when the field goes.
      autoFocus={wasOpen}
      className="mt-2 cursor-pointer text-xs text-link"
      onClick={open}
    >
      {t("byKey")}
    </button>
  );
}

function KeyField({ asker, isDisabled, onFound }: KeyFinderProps) {
  const t = useTranslations("builder");
  const sentence = useFoundSentence();
  const [key, setKey] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function find() {
    if (key.trim() === "" || isAsking) return;
    setAsking(true);
    const found = await findByKey(key.trim(), asker);
    setAsking(false);
    if (found.kind === "found") onFound(found.side);
    else setProblem(sentence(found));
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
