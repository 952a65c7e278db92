"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Icon } from "../components/icon.tsx";
import { saveFile } from "../components/save-file.ts";
import { useRefusalSentence } from "../i18n/refusal.ts";
import { settle } from "./refusal.ts";

interface Exported {
  readonly name: string;
  readonly mediaType: string;
  readonly content: BlobPart;
  /** False when there is more than the file may hold. */
  readonly isComplete: boolean;
}

/** What a bank sent of a file, as it is to be saved. */
export function readContent(file: {
  readonly encoding: "utf-8" | "base64";
  readonly content: string;
}): BlobPart {
  return file.encoding === "base64"
    ? Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0))
    : file.content;
}

/** Asks a bank for a file and saves it; tells why not, or that it is not the whole. */
export function ExportButton(props: {
  readonly label: string;
  readonly request: () => Promise<Exported>;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslations("export");
  const sentence = useRefusalSentence();
  const [isAsking, setAsking] = useState(false);
  const [told, setTold] = useState<"cut" | "unknown" | Refusal | null>(null);
  async function ask() {
    setAsking(true);
    setTold(null);
    const answer = await settle(props.request);
    setAsking(false);
    if (answer.kind === "unknown") return setTold("unknown");
    if (answer.kind === "refused") return setTold(answer.refusal);
    saveFile(answer.value);
    if (!answer.value.isComplete) setTold("cut");
  }
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        variant="outline"
        size="sm"
        isPending={isAsking}
        isDisabled={props.isDisabled ?? false}
        onPress={() => void ask()}
      >
        <Icon name="download" />
        {props.label}
      </Button>
      {told !== null && (
        <p role="status" className="max-w-64 text-xs text-caution">
          {typeof told === "string" ? t(told) : sentence(told)}
        </p>
      )}
    </div>
  );
}
