"use client";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { BanksProvider } from "../../banks/banks.tsx";
import { QueriesProvider } from "../../banks/client.tsx";
import type { BankMember } from "../../banks/member.ts";

export function Providers(props: {
  readonly nonce: string;
  readonly locale: string;
  readonly members: readonly BankMember[];
  readonly children: ReactNode;
}) {
  return (
    <I18nProvider locale={props.locale}>
      <ThemeProvider
        attribute="data-theme"
        defaultTheme="system"
        nonce={props.nonce}
        disableTransitionOnChange
      >
        <NuqsAdapter>
          <QueriesProvider>
            <BanksProvider members={props.members}>{props.children}</BanksProvider>
          </QueriesProvider>
        </NuqsAdapter>
      </ThemeProvider>
    </I18nProvider>
  );
}
