"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { useState } from "react";

/** Copies a text for another program. */
export function CopyText(props: { readonly text: string; readonly label: string }) {
  const t = useTranslations("pix");
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
  }
  return (
    <Button variant="outline" size="sm" onPress={() => void copy().catch(() => setCopied(false))}>
      {isCopied ? t("copied") : props.label}
    </Button>
  );
}
