import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { loadManifest, publicMembers } from "../banks/manifest.ts";
import { hasLab } from "../features/lab/forward-lab.ts";
import { Providers } from "../features/shell/providers.tsx";
import { Shell } from "../features/shell/shell.tsx";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Pacto", template: "%s · Pacto" } };

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafbfc" },
    { media: "(prefers-color-scheme: dark)", color: "#111518" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const locale = await getLocale();
  const nonce = (await headers()).get("x-nonce") ?? "";
  const manifest = await loadManifest();
  return (
    <html
      lang={locale}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <head>
        {/* React Aria reads it for the few style elements that it makes. */}
        <meta property="csp-nonce" nonce={nonce} content={nonce} suppressHydrationWarning />
      </head>
      <body>
        <NextIntlClientProvider>
          <Providers
            nonce={nonce}
            locale={locale}
            members={publicMembers(manifest)}
            offers={hasLab() ? ["lab"] : []}
          >
            <Shell consortium={manifest.consortium.name}>{children}</Shell>
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
