"use client";
import { I18nProvider, RouterProvider } from "@heroui/react/rac";
import { useRouter } from "next/navigation";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { BanksProvider } from "../../banks/banks.tsx";
import { QueriesProvider } from "../../banks/client.tsx";
import type { BankMember } from "../../banks/member.ts";

export function Providers(props: {
  readonly nonce: string;
  readonly locale: string;
  readonly members: readonly BankMember[];
  readonly children: ReactNode;
}) {
  const router = useRouter();
  return (
    <I18nProvider locale={props.locale}>
      <RouterProvider navigate={(path) => router.push(path)}>
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
      </RouterProvider>
    </I18nProvider>
  );
}
