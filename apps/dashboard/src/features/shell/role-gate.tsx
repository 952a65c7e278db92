"use client";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useSignedIn } from "../sign-in/session.tsx";
import { useOffers } from "./offers.tsx";
import { placesFor, placeWith } from "./places.ts";

/**
 * Says why a page of the menu has nothing for its reader, instead of leaving it empty. The node refuses all
 * the same; this only tells it in words. Whoever has no overview begins at their first page.
 */
export function RoleGate({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("shell");
  const says = useTranslations("signIn.roles");
  const router = useRouter();
  const path = usePathname();
  const offers = useOffers();
  const roles = useSignedIn()?.person.roles ?? [];
  const place = placeWith(path);
  const isAllowed = place === null || place.roles.some((role) => roles.includes(role));
  const first = placesFor(roles, offers)[0]?.places[0]?.href;
  const goesTo = !isAllowed && path === "/" ? first : undefined;
  useEffect(() => {
    if (goesTo !== undefined) router.replace(goesTo);
  }, [goesTo, router]);
  if (isAllowed) return children;
  if (goesTo !== undefined) return null;
  const names = (these: typeof place.roles) => these.map((role) => says(role)).join(", ");
  return (
    <>
      <PageHeader title={t(`places.${place.name}`)} />
      <Notice tone="caution" announce="soon" title={t("notForRole.title")}>
        {roles.length === 0
          ? t("notForRole.noRole", { wanted: names(place.roles) })
          : t("notForRole.roles", { wanted: names(place.roles), own: names(roles) })}
      </Notice>
    </>
  );
}
