"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Bell } from "../notifications/bell.tsx";
import { BankAnnouncer } from "./bank-announcer.tsx";
import { BankStrip } from "./bank-strip.tsx";
import { Navigation } from "./navigation.tsx";
import { Palette, PaletteButton } from "./palette.tsx";
import { SignInGate } from "../sign-in/gate.tsx";
import { WhoIsHere } from "../sign-in/who-is-here.tsx";
import { Preferences } from "./preferences.tsx";
import { RoleGate } from "./role-gate.tsx";

/** The frame of every page: navigation and the banks' live state, always in sight. */
export function Shell(props: { readonly consortium: string; readonly children: ReactNode }) {
  const t = useTranslations("shell");
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  return (
    <div data-shell="frame" className="lg:grid lg:grid-cols-[14.5rem_1fr]">
      <a
        href="#content"
        className="sr-only z-50 rounded bg-accent px-3 py-2 text-accent-foreground
          focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <header
        data-shell="menu"
        className="sticky top-0 z-20 border-b border-border bg-surface-secondary
          lg:flex lg:h-dvh lg:flex-col lg:overflow-y-auto lg:border-r lg:border-b-0"
      >
        <div className="flex items-center justify-between gap-3 px-4 pt-3 lg:px-4 lg:pt-4">
          <Brand consortium={props.consortium} />
          <Bell />
          <div className="flex items-center gap-2 lg:hidden">
            <PaletteButton onOpen={() => setPaletteOpen(true)} />
            <Preferences />
          </div>
        </div>
        <div className="hidden px-3 pt-4 lg:block">
          <PaletteButton onOpen={() => setPaletteOpen(true)} />
        </div>
        <Navigation />
        <BankStrip />
        <div className="mt-auto hidden px-4 pt-4 pb-4 lg:block">
          <WhoIsHere />
          <Preferences />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-7 md:py-6">
        <div className="mx-auto max-w-6xl">
          <SignInGate>
            <RoleGate>{props.children}</RoleGate>
          </SignInGate>
        </div>
      </main>
      <BankAnnouncer />
      <Palette isOpen={isPaletteOpen} onChange={setPaletteOpen} />
    </div>
  );
}

function Brand({ consortium }: { readonly consortium: string }) {
  return (
    <div className="flex items-center gap-2.5">
      <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 shrink-0 text-accent">
        <g fill="none" stroke="currentColor" strokeWidth="2">
          <circle cx="8.6" cy="9.4" r="5.6" />
          <circle cx="15.4" cy="9.4" r="5.6" />
          <circle cx="12" cy="15" r="5.6" />
        </g>
      </svg>
      <div className="leading-tight">
        <div className="text-sm font-semibold tracking-tight">Pacto</div>
        <div className="text-xs text-subtle">{consortium}</div>
      </div>
    </div>
  );
}
