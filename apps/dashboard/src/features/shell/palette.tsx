"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Icon } from "../../components/icon.tsx";

const CommandPalette = dynamic(
  () => import("./command-palette.tsx").then(({ CommandPalette: palette }) => palette),
  { ssr: false },
);

interface PaletteState {
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
}

/** The palette, loaded when it is first opened; ⌘K or Ctrl-K opens and closes it from anywhere. */
export function Palette({ isOpen, onChange }: PaletteState) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      onChange(!isOpen);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOpen, onChange]);
  return isOpen && <CommandPalette onClose={() => onChange(false)} />;
}

export function PaletteButton({ onOpen }: { readonly onOpen: () => void }) {
  const t = useTranslations("palette");
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      aria-label={t("open")}
      onClick={onOpen}
      className="flex h-8 cursor-pointer items-center gap-2 rounded-md border border-border
        bg-surface px-2.5 text-muted hover:text-foreground focus-visible:outline-2
        focus-visible:outline-focus lg:w-full"
    >
      <Icon name="search" />
      <span className="hidden flex-1 text-left lg:inline">{t("open")}</span>
      <kbd className="hidden font-sans text-2xs text-subtle lg:inline">Ctrl K</kbd>
    </button>
  );
}
