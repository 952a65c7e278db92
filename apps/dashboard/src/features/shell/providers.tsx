"use client";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { BanksProvider } from "../../banks/banks.tsx";
import { QueriesProvider } from "../../banks/client.tsx";
import { SessionProvider } from "../sign-in/session.tsx";
import type { BankMember } from "../../banks/member.ts";
import { OffersProvider } from "./offers.tsx";
import type { Offer } from "./places.ts";

export function Providers(props: {
  readonly nonce: string;
  readonly locale: string;
  readonly members: readonly BankMember[];
  readonly offers: readonly Offer[];
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
            <SessionProvider>
              <OffersProvider offers={props.offers}>
                <BanksProvider members={props.members}>{props.children}</BanksProvider>
              </OffersProvider>
            </SessionProvider>
          </QueriesProvider>
        </NuqsAdapter>
      </ThemeProvider>
    </I18nProvider>
  );
}
