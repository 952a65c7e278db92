"use client";
import { Button } from "@heroui/react/button";
import type { JobView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { bankClient } from "../../banks/client.tsx";
import { readContent } from "../../banks/export-button.tsx";
import { settle } from "../../banks/refusal.ts";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { saveFile } from "../../components/save-file.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";

/** Fetches what an export has written, part by part, and saves it as one file, or one for each. */
export function FetchExport(props: { readonly bank: string; readonly job: JobView }) {
  const { bank, job } = props;
  const t = useTranslations("export");
  const sentence = useRefusalSentence();
  const [position, setPosition] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function fetchAll() {
    setProblem(null);
    const texts: BlobPart[] = [];
    for (let at = 1; at <= job.total; at += 1) {
      setPosition(at);
      // oxlint-disable-next-line no-await-in-loop -- one after the other: a file may be long
      const answer = await settle(() =>
        bankClient(bank).exports.part.query({ id: job.id, position: at }),
      );
      if (answer.kind !== "done") {
        setPosition(null);
        setProblem(answer.kind === "unknown" ? t("unknown") : sentence(answer.refusal));
        return;
      }
      const { fileName: name, mediaType, isFile } = answer.value;
      texts.push(readContent(answer.value));
      if (isFile) saveFile({ name, mediaType, content: texts.splice(0) });
      else if (at === job.total) saveFile({ name, mediaType, content: texts });
    }
    setPosition(null);
  }
  return (
    <div className="flex flex-col items-start gap-2" data-screen-only>
      <Button variant="primary" isPending={position !== null} onPress={() => void fetchAll()}>
        <Icon name="download" />
        {position === null || job.total === 1
          ? t("fetch")
          : t("fetching", { n: position, total: job.total })}
      </Button>
      {problem !== null && <Notice tone="caution">{problem}</Notice>}
    </div>
  );
}
